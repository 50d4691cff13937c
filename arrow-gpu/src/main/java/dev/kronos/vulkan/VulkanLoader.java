// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import dev.kronos.KronosException;
import dev.kronos.KronosOptions;
import dev.kronos.device.HostPlatform;
import dev.kronos.device.IcdDiscovery;
import dev.kronos.device.IcdManifest;
import dev.kronos.device.IcdSearch;
import dev.kronos.device.Machine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lwjgl.system.Configuration;
import org.lwjgl.vulkan.VK;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the process to a Vulkan implementation, once: LWJGL keeps its function table in statics, so
 * every device of a process goes through the same loader (or the same driver where there is none).
 */
final class VulkanLoader {

  private static final Logger LOG = LoggerFactory.getLogger(VulkanLoader.class);
  private static boolean loaded;
  private static boolean driversKept;

  private VulkanLoader() {}

  /**
   * Loads {@code libvulkan.so.1}; where none is installed, opens a driver's library directly.
   *
   * @param options where to look for drivers
   * @throws KronosException.NoDevice when neither can be loaded
   */
  static synchronized void load(KronosOptions options) {
    if (loaded) {
      return;
    }
    // Without this the class initialiser of VK loads the library and an error there is final.
    Configuration.VULKAN_EXPLICIT_INIT.set(true);
    try {
      VK.create();
    } catch (LinkageError | IllegalStateException | IllegalArgumentException e) {
      LOG.debug("Vulkan loader not usable: cause={}", e.getMessage());
      openDriver(options, e);
    }
    loaded = true;
  }

  /** Keeps the drivers that the first instance has loaded; see {@link LoadedDrivers}. */
  static synchronized void keepDrivers(KronosOptions options) {
    if (!driversKept) {
      LoadedDrivers.keep(discover(options));
      driversKept = true;
    }
  }

  private static void openDriver(KronosOptions options, Throwable loaderFailure) {
    IcdDiscovery found = discover(options);
    for (IcdManifest manifest : found.manifests()) {
      Optional<DirectDriver> driver = DirectDriver.open(manifest);
      if (driver.isPresent() && bind(driver.get())) {
        LOG.info("no Vulkan loader, driver opened directly: library={}", manifest.library());
        return;
      }
    }
    String rejected =
        found.rejections().stream()
            .map(IcdDiscovery.Rejection::toString)
            .collect(Collectors.joining("; "));
    throw new KronosException.NoDevice(
        "no Vulkan loader (libvulkan.so.1) and no driver to open in its place: "
            + HostPlatform.current().remedy()
            + (rejected.isEmpty() ? "" : "; rejected: " + rejected),
        loaderFailure);
  }

  /** Binds to a driver that has a device: many are installed for cards that are not there. */
  private static boolean bind(DirectDriver driver) {
    try {
      VK.create(driver);
      if (VulkanInstance.deviceCount() > 0) {
        return true;
      }
      LOG.debug("driver has no device: driver={}", driver);
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("driver not usable without a loader: driver={}, cause={}", driver, e.toString());
    }
    VK.destroy();
    return false;
  }

  private static IcdDiscovery discover(KronosOptions options) {
    IcdSearch search = IcdSearch.of(options, System::getenv);
    return Machine.of(HostPlatform.current().architecture())
        .map(machine -> IcdDiscovery.search(search, machine))
        .orElse(new IcdDiscovery(List.of(), List.of()));
  }
}

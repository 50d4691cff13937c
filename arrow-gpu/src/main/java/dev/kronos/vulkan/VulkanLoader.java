// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import dev.kronos.device.HostPlatform;
import dev.kronos.device.IcdDiscovery;
import dev.kronos.device.IcdManifest;
import dev.kronos.device.IcdSearch;
import dev.kronos.device.Machine;
import java.util.ArrayList;
import java.util.List;
import org.lwjgl.system.Configuration;
import org.lwjgl.vulkan.VK;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the process to a Vulkan implementation, once: LWJGL keeps its function table in statics, so
 * every device of a process goes through the same loader (or the same driver where there is none).
 * The options of the first device decide.
 */
final class VulkanLoader {

  private static final Logger LOG = LoggerFactory.getLogger(VulkanLoader.class);
  private static boolean loaded;
  private static volatile boolean direct;

  private VulkanLoader() {}

  /**
   * Opens the first driver with a device that the options' search paths name; else loads {@code
   * libvulkan.so.1}; where none is installed, opens a driver of the standard places.
   *
   * @param options where to look for drivers
   * @throws KronosException.NoDevice when none of them can be loaded
   */
  static synchronized void load(KronosOptions options) {
    if (loaded) {
      return;
    }
    // Without this the class initialiser of VK loads the library and an error there is final.
    Configuration.VULKAN_EXPLICIT_INIT.set(true);
    if (!openNamed(options)) {
      try {
        VK.create();
      } catch (LinkageError | IllegalStateException | IllegalArgumentException e) {
        LOG.debug("Vulkan loader not usable: cause={}", e.getMessage());
        openAny(options, e);
      }
    }
    loaded = true;
  }

  /**
   * Unloads a driver that was opened itself, for the end of the process, after the last instance;
   * the loader does that for its own.
   */
  static synchronized void unload() {
    if (direct) {
      VK.destroy();
    }
  }

  /** Returns whether a driver was opened without the loader, so that there are no layers. */
  static boolean direct() {
    return direct;
  }

  /**
   * The loader has no call that hands it a manifest, so a driver that is named is opened itself.
   */
  private static boolean openNamed(KronosOptions options) {
    IcdSearch search = IcdSearch.named(options);
    if (search.places().isEmpty()) {
      return false;
    }
    List<String> rejected = openFirst(search);
    if (!rejected.isEmpty()) {
      LOG.warn(
          "{}: setting={}, rejected={}",
          direct ? "drivers passed over" : "no usable driver in the search paths",
          KronosOption.ICD_SEARCH_PATHS.key(),
          String.join("; ", rejected));
    }
    return direct;
  }

  private static void openAny(KronosOptions options, Throwable loaderFailure) {
    List<String> rejected = openFirst(IcdSearch.of(options, System::getenv));
    if (!direct) {
      throw new KronosException.NoDevice(
          "no Vulkan loader (libvulkan.so.1) and no driver to open in its place: "
              + HostPlatform.current().remedy()
              + (rejected.isEmpty() ? "" : "; rejected: " + String.join("; ", rejected)),
          loaderFailure);
    }
  }

  /** Opens the first driver that has a device, and returns why others before it are not taken. */
  private static List<String> openFirst(IcdSearch search) {
    IcdDiscovery found = discover(search);
    List<String> rejected = new ArrayList<>();
    found.rejections().forEach(rejection -> rejected.add(rejection.toString()));
    for (IcdManifest manifest : found.manifests()) {
      try {
        bind(DirectDriver.open(manifest));
        direct = true;
        LOG.info("driver opened without the Vulkan loader: library={}", manifest.library());
        break;
      } catch (DriverException e) {
        rejected.add(manifest.file() + ": " + e.getMessage());
      }
    }
    return rejected;
  }

  /** Binds to a driver that has a device: many are installed for cards that are not there. */
  private static void bind(DirectDriver driver) throws DriverException {
    boolean done = false;
    try {
      VK.create(driver);
      if (NativeInstance.deviceCount() == 0) {
        throw new DriverException("its driver has no device");
      }
      done = true;
    } catch (RuntimeException | LinkageError e) {
      throw new DriverException("its driver does not start: " + e.getMessage(), e);
    } finally {
      if (!done) {
        VK.destroy();
      }
    }
  }

  private static IcdDiscovery discover(IcdSearch search) {
    return Machine.of(HostPlatform.current().architecture())
        .map(machine -> IcdDiscovery.search(search, machine))
        .orElse(new IcdDiscovery(List.of(), List.of()));
  }
}

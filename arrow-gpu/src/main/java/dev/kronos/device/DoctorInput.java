// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import dev.kronos.KronosOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Holds all that a {@link DoctorReport} speaks of.
 *
 * @param platform the machine
 * @param options the settings in force
 * @param drivers the driver manifests found
 * @param devices the devices that Vulkan enumerates
 * @param failure why they could not be enumerated, or empty
 */
public record DoctorInput(
    HostPlatform platform,
    KronosOptions options,
    IcdDiscovery drivers,
    List<DeviceInfo> devices,
    Optional<String> failure) {
  /** Copies the list. */
  public DoctorInput {
    devices = List.copyOf(devices);
  }

  /**
   * Gathers the input on this machine. Never fails: what goes wrong is part of the report.
   *
   * @param options the settings in force
   * @param enumerate lists the devices; may throw anything that a broken driver makes it throw
   */
  public static DoctorInput collect(KronosOptions options, Callable<List<DeviceInfo>> enumerate) {
    HostPlatform platform = HostPlatform.current();
    IcdDiscovery drivers =
        Machine.of(platform.architecture())
            .map(machine -> IcdDiscovery.search(IcdSearch.of(options, System::getenv), machine))
            .orElse(new IcdDiscovery(List.of(), List.of()));
    try {
      return new DoctorInput(platform, options, drivers, enumerate.call(), Optional.empty());
    } catch (Exception | LinkageError e) {
      String failure = e.getMessage() == null ? e.toString() : e.getMessage();
      return new DoctorInput(platform, options, drivers, List.of(), Optional.of(failure));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells the planner, in the driver, whether plans may be made for the device.
 *
 * <p>Every executor tells the driver at its start, before it takes tasks, when it has no usable
 * device. From then on no further plan is made for the device. A plan that was made earlier runs
 * its CPU twin on such an executor. Thread-safe; one state a process, as Spark has one context a
 * process.
 */
public final class DeviceRegistry {
  private static final Map<String, String> MISSING = new TreeMap<>();
  private static boolean active;

  private DeviceRegistry() {}

  /** Forgets an earlier application in this process and lets the planner work. */
  static synchronized void activate() {
    MISSING.clear();
    active = true;
  }

  /** Stops the planner: the application has ended or the plugin stands aside. */
  static synchronized void deactivate() {
    MISSING.clear();
    active = false;
  }

  /**
   * Notes that an executor has no usable device.
   *
   * @param executor the executor's id
   * @param cause why, in words
   */
  static synchronized void reportMissing(String executor, String cause) {
    MISSING.put(executor, cause);
  }

  /** Returns why no plan may be made for the device, or nothing when it may. */
  public static synchronized Optional<String> obstacle() {
    if (!active) {
      return Optional.of("the Kronos plugin is not active in this application");
    }
    return MISSING.entrySet().stream()
        .findFirst()
        .map(e -> "no usable Vulkan device: executor=" + e.getKey() + ", cause=" + e.getValue());
  }
}

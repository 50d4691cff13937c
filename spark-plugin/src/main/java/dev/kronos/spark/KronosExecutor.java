// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.device.DeviceInfo;
import java.util.Optional;

/**
 * Holds the one {@link Kronos} of this process: an executor's, or in local mode the application's.
 * The executor plugin opens it at start and closes it at the end; tasks borrow it. Thread-safe.
 */
public final class KronosExecutor {
  /** System property of this process that names the open device and its driver. */
  static final String DEVICE_PROPERTY = "kronos.runtime.device";

  private static volatile Kronos current;

  private KronosExecutor() {}

  /**
   * Returns the open device.
   *
   * @throws IllegalStateException when this process has none; callers reach this only by a plan
   *     that was made for the device
   */
  public static Kronos current() {
    return opened()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no Vulkan device is open in this executor; its log says why"));
  }

  /** Returns the open device, or nothing where this process has none. */
  public static Optional<Kronos> opened() {
    return Optional.ofNullable(current);
  }

  /**
   * Opens the device, once; a second call keeps the open one.
   *
   * @throws dev.kronos.KronosException.NoDevice when none is usable
   */
  static synchronized void open(KronosOptions options) {
    if (current == null) {
      current = Kronos.open(options);
      DeviceInfo device = current.device();
      System.setProperty(
          DEVICE_PROPERTY,
          device.name() + ", driver " + device.driver().name() + " " + device.driver().version());
    }
  }

  /**
   * Closes the device if one is open.
   *
   * @throws dev.kronos.KronosException.Leak when a task left something behind
   */
  static synchronized void close() {
    Kronos closing = current;
    current = null;
    if (closing != null) {
      closing.close();
    }
  }
}

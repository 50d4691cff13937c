// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

import java.util.Locale;

/**
 * Says where a benchmark ran.
 *
 * @param date when it began, in UTC
 * @param device the device's name
 * @param driver the driver's name and version
 * @param vulkan the Vulkan version
 * @param cpu the processor's name
 * @param cores logical processors that the JVM may use
 * @param java the JVM's name and version
 * @param system the operating system
 * @param commit the source's commit, or "unknown"
 */
public record Environment(
    String date,
    String device,
    String driver,
    String vulkan,
    String cpu,
    int cores,
    String java,
    String system,
    String commit) {

  /** Returns a name for a folder: the device and the driver in lower case. */
  public String slug() {
    return (device + "-" + driver)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }
}

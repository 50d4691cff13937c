// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.cost;

import java.util.Locale;

/**
 * Holds what a part of a plan is estimated to cost, in nanoseconds of one task's time. Immutable.
 *
 * @param cpuNanos on the CPU; NaN when the number of rows is unknown
 * @param deviceNanos with the device; NaN when the number of rows is unknown
 */
public record CostEstimate(double cpuNanos, double deviceNanos) {
  /** What nothing costs. */
  public static final CostEstimate NOTHING = new CostEstimate(0, 0);

  private static final double NANOS_PER_MILLI = 1e6;

  /** Returns this and another part together. */
  public CostEstimate plus(CostEstimate other) {
    return new CostEstimate(cpuNanos + other.cpuNanos, deviceNanos + other.deviceNanos);
  }

  /** Tells whether the device is slower for all that is known; what is unknown may be large. */
  public boolean isSlowerOnDevice() {
    return deviceNanos > cpuNanos;
  }

  /** Says both estimates, as in {@code cpu=0.3 ms, device=70 ms}. */
  @Override
  public String toString() {
    return "cpu=" + millis(cpuNanos) + ", device=" + millis(deviceNanos);
  }

  private static String millis(double nanos) {
    double millis = nanos / NANOS_PER_MILLI;
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }
}

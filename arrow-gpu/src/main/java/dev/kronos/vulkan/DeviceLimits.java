// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

/**
 * Holds the limits of a device that the runtime checks.
 *
 * @param maxWorkgroups most workgroups of one dispatch, an unsigned 32-bit number
 * @param nanosPerTick nanoseconds of one tick of the device's clock
 * @param timestampBits valid bits of a timestamp, 0 where the queue has none
 */
public record DeviceLimits(int maxWorkgroups, float nanosPerTick, int timestampBits) {

  /** Returns the nanoseconds between two timestamps, across one wrap of the clock. */
  long nanosBetween(long startTicks, long endTicks) {
    if (timestampBits == 0) {
      return 0;
    }
    long mask = timestampBits >= Long.SIZE ? -1L : (1L << timestampBits) - 1;
    return (long) (((endTicks - startTicks) & mask) * (double) nanosPerTick);
  }
}

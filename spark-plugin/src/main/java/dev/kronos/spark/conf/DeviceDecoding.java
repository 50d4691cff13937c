// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.conf;

import dev.kronos.device.DeviceType;

/** Says whether pages of Parquet are decoded on the device. */
public enum DeviceDecoding {
  /**
   * They are on a GPU with memory of its own and no budget: there it was measured to be faster. A
   * row group's pages and columns are on the device together, for which a budget may be too small.
   */
  AUTO,
  /** They are. */
  TRUE,
  /** They are not. */
  FALSE;

  /**
   * Returns whether they are on a device.
   *
   * @param type the device's kind
   * @param budgetBytes most bytes that its buffers may take, {@link Long#MAX_VALUE} without a bound
   */
  public boolean on(DeviceType type, long budgetBytes) {
    return this == AUTO
        ? type == DeviceType.DISCRETE && budgetBytes == Long.MAX_VALUE
        : this == TRUE;
  }
}

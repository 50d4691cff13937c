// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

/** Says which values are counted, as Arrow's {@code CountOptions} do. */
public enum CountMode {
  /** Values that are not null: Arrow's default. */
  ONLY_VALID,
  /** Nulls; of distinct values, null counts once. */
  ONLY_NULL,
  /** Both. */
  ALL
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

/** Tells where NaNs go. They equal each other, whatever their bits. */
public enum NanPlacement {
  /** Between the numbers and the nulls, in either order, as Arrow has it. */
  BESIDE_NULLS,
  /** Above all numbers: last upwards, first downwards, as SQL engines have it. */
  GREATEST
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

/** Tells where nulls go, in either order. NaNs stand between them and the numbers. */
public enum NullPlacement {
  /** Nulls, then NaNs, then numbers. */
  AT_START,
  /** Numbers, then NaNs, then nulls. */
  AT_END
}

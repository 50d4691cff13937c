// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

/** Tells where nulls go, in either order. */
public enum NullPlacement {
  /** Nulls before all values. */
  AT_START,
  /** Nulls behind all values. */
  AT_END
}

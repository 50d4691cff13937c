// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

/** Tells which values come first. */
public enum SortOrder {
  /** Small values first. */
  ASCENDING,
  /** Large values first. */
  DESCENDING
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

/** Names an aggregate function. */
public enum Function {
  /** Counts rows, or the rows whose argument is not null; never null. */
  COUNT,
  /** Adds the arguments that are not null; null when there are none. */
  SUM,
  /**
   * Returns the argument, be it null, of the first row that is looked at, in the order in which
   * batches and their rows come; null when there is none.
   */
  FIRST,
  /** Returns the argument, be it null, of the last row that is looked at; null when none is. */
  LAST,
  /** Returns the least argument that is not null; null when there are none. */
  MIN,
  /** Returns the greatest argument that is not null (NaN is greatest); null when there are none. */
  MAX,
  /** Tells whether any argument is not null; never null. */
  SEEN
}

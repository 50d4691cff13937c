// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

/** Names what is computed for each row of a partition. */
public enum WindowFunction {
  /** The row's place in its partition, from 1; INT32. */
  ROW_NUMBER,
  /** The place of the first of the row's peers; INT32. */
  RANK,
  /** The place of the row's peers among the groups of peers, from 1; INT32. */
  DENSE_RANK,
  /** How many rows of the frame have an argument that is not null, or all of them; INT64. */
  COUNT,
  /** Whether any row of the frame has an argument that is not null; BOOLEAN. */
  SEEN,
  /**
   * The sum of the frame's arguments that are not null; null when there are none. That of floating
   * point numbers is exact and rounded once.
   */
  SUM,
  /**
   * The sum of squared distances of the frame's doubles that are not null from their mean; null
   * when there are none. It is exact, but for bits of squares below 2^-1074, and rounded once;
   * infinite where a square has no double.
   */
  DISTANCES,
  /** The bits that all of the frame's integers that are not null have; null when there are none. */
  BIT_AND,
  /** The bits that any of the frame's integers has; null when all are null. */
  BIT_OR,
  /** The bits that an odd number of the frame's integers has; null when all are null. */
  BIT_XOR,
  /** The least argument of the frame that is not null, of equal ones the first. */
  MIN,
  /** The greatest argument of the frame that is not null, of equal ones the first. */
  MAX,
  /** The argument, be it null, of the frame's n-th row that is looked at, from 1. */
  NTH,
  /** The argument, be it null, of the frame's last row that is looked at. */
  LAST,
  /** The argument of the n-th row before this one that is looked at, in the partition. */
  BEFORE,
  /** The argument of the n-th row after this one that is looked at, in the partition. */
  AFTER;

  /** Tells whether a tree combines the frame's arguments to the result. */
  boolean folds() {
    return this == MIN || this == MAX || foldsBits();
  }

  /** Tells whether the arguments' bits are combined. */
  boolean foldsBits() {
    return this == BIT_AND || this == BIT_OR || this == BIT_XOR;
  }

  /** Tells whether the result is that of a row found by its place among those looked at. */
  boolean picksByPlace() {
    return ordinal() >= NTH.ordinal();
  }

  /** Tells whether the result is a row's place. */
  boolean ranks() {
    return ordinal() <= DENSE_RANK.ordinal();
  }
}

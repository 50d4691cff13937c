// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

/** Lists the joins of SQL; left and right are meant as the query writes them. */
public enum JoinType {
  /** Pairs that match. */
  INNER,
  /** Pairs that match, and rows of the left side without a match beside nulls. */
  LEFT_OUTER,
  /** Pairs that match, and rows of the right side without a match beside nulls. */
  RIGHT_OUTER,
  /** Pairs that match, and rows of either side without a match beside nulls. */
  FULL_OUTER,
  /** Rows of the left side that have a match, once each. */
  LEFT_SEMI,
  /** Rows of the left side that have no match. */
  LEFT_ANTI,
  /**
   * Rows of the left side for which {@code key NOT IN (right side)} is true: all where the right
   * side is empty, none where it has a null key, else those whose key is not null and has no match.
   * One key, no condition, built from the right side.
   */
  NULL_AWARE_ANTI,
  /** All rows of the left side and a boolean, never null, that tells whether there is a match. */
  EXISTENCE;

  /** Tells whether rows of the left side alone come out, each at most once. */
  public boolean keepsLeftOnly() {
    return switch (this) {
      case LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI, EXISTENCE -> true;
      case INNER, LEFT_OUTER, RIGHT_OUTER, FULL_OUTER -> false;
    };
  }

  /** Tells whether a row of a side comes out beside nulls where it has no match. */
  boolean keepsUnmatched(BuildSide side) {
    return this == FULL_OUTER || this == (side == BuildSide.LEFT ? LEFT_OUTER : RIGHT_OUTER);
  }
}

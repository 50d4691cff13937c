// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

/** Names a side of a join as the query writes it. */
public enum BuildSide {
  /** The side before JOIN. */
  LEFT,
  /** The side after JOIN. */
  RIGHT;

  /** Returns the other side. */
  public BuildSide other() {
    return this == LEFT ? RIGHT : LEFT;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.Objects;

/**
 * Says which row of an input column generated code reads.
 *
 * @param row name of the {@code uint} variable with the row's number
 * @param absent condition, without side effects, under which there is no such row and the column is
 *     null; {@code "false"} when there always is
 */
public record InputRow(String row, String absent) {
  /** The row in the variable {@code row}, which is always there. */
  public static final InputRow CURRENT = new InputRow("row", "false");

  /** Checks that both are given. */
  public InputRow {
    Objects.requireNonNull(row, "row");
    Objects.requireNonNull(absent, "absent");
  }

  /** Tells whether there may be no row. */
  boolean mayBeAbsent() {
    return !absent.equals("false");
  }
}

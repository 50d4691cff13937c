// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.Objects;

/**
 * Says which row of an input column generated code reads.
 *
 * @param row name of the {@code uint} variable with the row's number
 * @param absent condition, without side effects, under which there is no such row and the column is
 *     null; {@code "false"} when there always is
 * @param held name of the variable that holds the row's value already, or null to read it. Behind
 *     it, with {@code _null} at its end, is the name of the one that tells whether a column that
 *     may have nulls is null
 */
public record InputRow(String row, String absent, String held) {
  /** The row in the variable {@code row}, which is always there. */
  public static final InputRow CURRENT = new InputRow("row", "false");

  /** Names a row that is read. */
  public InputRow(String row, String absent) {
    this(row, absent, null);
  }

  /** Checks that row and absence are given. */
  public InputRow {
    Objects.requireNonNull(row, "row");
    Objects.requireNonNull(absent, "absent");
  }

  /** Tells whether there may be no row. */
  boolean mayBeAbsent() {
    return !absent.equals("false");
  }
}

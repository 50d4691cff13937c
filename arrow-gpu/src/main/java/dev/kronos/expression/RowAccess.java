// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/** Gives the values of one row to {@link RowEvaluator}. */
@FunctionalInterface
public interface RowAccess {
  /**
   * Returns the value of a column, or null.
   *
   * @param column index of the column, from 0
   * @return a Java object of the class that {@link Literal} lists for the column's type
   */
  Object value(int column);

  /**
   * Returns the value of a column of a table, or null. Only rows beside tables have such columns.
   *
   * @param column index of the column, from 0
   * @param row number of the table's row, from 0
   * @throws UnsupportedOperationException where there are no tables
   */
  default Object tableValue(int column, int row) {
    throw new UnsupportedOperationException("no tables are at hand: column=" + column);
  }

  /**
   * Returns how many rows the table of a column has.
   *
   * @throws UnsupportedOperationException where there are no tables
   */
  default int tableRows(int column) {
    throw new UnsupportedOperationException("no tables are at hand: column=" + column);
  }
}

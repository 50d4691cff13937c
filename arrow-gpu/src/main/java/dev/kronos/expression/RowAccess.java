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
}

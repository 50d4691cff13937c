// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import java.util.List;

/** Says what a function gives for one row. */
@FunctionalInterface
public interface OracleRule {
  /**
   * Computes the value of a row.
   *
   * @param type type of the values, of the last one where there is a condition
   * @param values what the operands mean, none of them null unless the function looks at nulls
   * @return the value, or null
   * @throws dev.kronos.expression.RowErrorException when the row has none
   */
  Object apply(DataType type, List<Object> values);
}

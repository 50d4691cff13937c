// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.Objects;

/**
 * Reads a column of the row.
 *
 * @param index position of the column in the input, from 0
 * @param type type of the column
 * @param nullable whether the column may hold nulls
 */
public record ColumnReference(int index, DataType type, boolean nullable) implements Expression {

  /** Checks the parts. */
  public ColumnReference {
    Objects.requireNonNull(type, "type");
    if (index < 0) {
      throw new IllegalArgumentException("column index is negative: index=" + index);
    }
  }

  @Override
  public List<Expression> children() {
    return List.of();
  }

  @Override
  public String toString() {
    return "#" + index;
  }
}

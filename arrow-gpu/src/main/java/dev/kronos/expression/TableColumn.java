// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.Objects;

/**
 * Reads a column of a table at a row that is computed; null where there is no such row.
 *
 * @param index position of the column among the inputs, from 0; a side column
 * @param type type of the column
 * @param nullable whether the column may hold nulls, or there may be no row
 * @param row number of the row, an INT32; below 0 for none
 */
public record TableColumn(int index, DataType type, boolean nullable, Expression row)
    implements Expression {

  /** Checks the parts. */
  public TableColumn {
    Objects.requireNonNull(type, "type");
    Types.requireSame("row of a table", DataType.INT32, row.type());
    if (index < 0) {
      throw new IllegalArgumentException("column index is negative: index=" + index);
    }
  }

  @Override
  public List<Expression> children() {
    return List.of(row);
  }

  @Override
  public String toString() {
    return "#" + index + "[" + row + "]";
  }
}

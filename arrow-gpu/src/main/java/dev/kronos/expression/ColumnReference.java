// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.util.ArrayList;
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

  /** Returns a reference to the column of an index that lies as a layout says. */
  public static ColumnReference to(int index, ColumnLayout layout) {
    return new ColumnReference(index, layout.type(), layout.nullable());
  }

  /** Returns references to all columns of an input, in a list that is the caller's. */
  public static List<Expression> toAll(List<ColumnLayout> layouts) {
    List<Expression> references = new ArrayList<>(layouts.size());
    layouts.forEach(layout -> references.add(to(references.size(), layout)));
    return references;
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

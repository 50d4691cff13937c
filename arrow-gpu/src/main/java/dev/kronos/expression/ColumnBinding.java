// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.List;

/** Replaces the columns of expressions by other expressions. */
public final class ColumnBinding {
  private ColumnBinding() {}

  /**
   * Replaces every reference to column {@code i} by {@code columns.get(i)}. Repeating a large
   * operand costs nothing in generated code, where equal expressions are computed once.
   *
   * @throws IndexOutOfBoundsException when a referenced column is not there
   * @throws IllegalArgumentException when a column is of another type than its replacement
   */
  public static Expression substitute(Expression e, List<? extends Expression> columns) {
    if (e instanceof ColumnReference column) {
      Expression replacement = columns.get(column.index());
      Types.requireSame("column " + column.index(), column.type(), replacement.type());
      return replacement;
    }
    if (e instanceof Literal) {
      return e;
    }
    List<Expression> children =
        e.children().stream().map(child -> substitute(child, columns)).toList();
    return Children.replace(e, children);
  }
}

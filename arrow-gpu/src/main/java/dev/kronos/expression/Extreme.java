// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Gives the greatest or the least of its operands that are not null, by the order of {@link
 * Comparison}, the first of equal ones; null if all are. All operands are evaluated.
 *
 * @param end which of them
 * @param children one operand or more, of one type
 */
public record Extreme(End end, List<Expression> children) implements Expression {

  /** Lists the ends. */
  public enum End {
    /** The greatest; NaN is above all other numbers. */
    GREATEST,
    /** The least. */
    LEAST
  }

  /** Copies the operands and checks that they are of one type. */
  public Extreme {
    Objects.requireNonNull(end, "end");
    children = List.copyOf(children);
    if (children.isEmpty()) {
      throw new IllegalArgumentException("extreme of no operands");
    }
    Types.requireKnown(name(end), children.get(0).type());
    for (Expression child : children) {
      Types.requireSame(name(end), children.get(0).type(), child.type());
    }
  }

  private static String name(End end) {
    return end.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public DataType type() {
    return children.get(0).type();
  }

  @Override
  public boolean nullable() {
    return children.stream().allMatch(Expression::nullable);
  }

  @Override
  public String toString() {
    return Children.text(name(end) + "(", children, ")");
  }
}

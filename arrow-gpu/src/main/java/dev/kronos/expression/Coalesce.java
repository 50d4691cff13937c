// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Gives the first operand that is not null, else null; later operands are not evaluated.
 *
 * @param children one operand or more, all of one type
 */
public record Coalesce(List<Expression> children) implements Expression {

  /** Checks that all operands are of one type. */
  public Coalesce {
    children = List.copyOf(children);
    if (children.isEmpty()) {
      throw new IllegalArgumentException("coalesce without operands");
    }
    for (Expression child : children) {
      Types.requireSame("coalesce", children.get(0).type(), child.type());
    }
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
    return Children.text("coalesce(", children, ")");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Objects;

/**
 * Changes the sign of a number.
 *
 * @param child the number
 * @param mode what the smallest integer, which has no counterpart, does
 */
public record Negate(Expression child, ErrorMode mode) implements UnaryExpression {

  /** Checks that the operand is a number. */
  public Negate {
    Objects.requireNonNull(mode, "mode");
    Types.require("-", child.type(), DataType::isNumeric);
  }

  @Override
  public DataType type() {
    return child.type();
  }

  @Override
  public boolean nullable() {
    return child.nullable() || (mode == ErrorMode.NULL && Fallibility.canFail(this));
  }

  @Override
  public String toString() {
    return "(-" + child + ")";
  }
}

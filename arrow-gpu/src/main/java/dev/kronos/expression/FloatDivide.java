// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/**
 * Divides floating point numbers as IEEE 754 does: a zero divisor gives an infinity, or NaN for a
 * zero. Correctly rounded; {@link Arithmetic} has the division that a zero divisor fails.
 *
 * @param left the dividend
 * @param right the divisor
 */
public record FloatDivide(Expression left, Expression right) implements BinaryExpression {

  /** Checks that the operands are floating point numbers of one type. */
  public FloatDivide {
    Types.require("/", left.type(), DataType::isFloating);
    Types.requireSame("/", left.type(), right.type());
  }

  @Override
  public DataType type() {
    return left.type();
  }

  @Override
  public String toString() {
    return "(" + left + " / " + right + ")";
  }
}

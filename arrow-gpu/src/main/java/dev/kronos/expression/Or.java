// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/**
 * Holds when an operand holds: true if one is true, else null if one is null.
 *
 * @param left left operand, looked at first
 * @param right right operand, not looked at when the left one decides
 */
public record Or(Expression left, Expression right) implements BinaryExpression {

  /** Checks that both operands are boolean. */
  public Or {
    Types.requireBoolean("or", left);
    Types.requireBoolean("or", right);
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public String toString() {
    return "(" + left + " or " + right + ")";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/**
 * Holds when both operands hold: false if one is false, else null if one is null.
 *
 * @param left left operand, looked at first
 * @param right right operand, not looked at when the left one decides
 */
public record And(Expression left, Expression right) implements BinaryExpression {

  /** Checks that both operands are boolean. */
  public And {
    Types.requireBoolean("and", left);
    Types.requireBoolean("and", right);
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public String toString() {
    return "(" + left + " and " + right + ")";
  }
}

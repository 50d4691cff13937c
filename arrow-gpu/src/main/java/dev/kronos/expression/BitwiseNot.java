// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/**
 * Inverts every bit of an integer.
 *
 * @param child the integer
 */
public record BitwiseNot(Expression child) implements UnaryExpression {

  /** Checks that the operand is an integer. */
  public BitwiseNot {
    Types.require("~", child.type(), DataType::isIntegral);
  }

  @Override
  public DataType type() {
    return child.type();
  }

  @Override
  public String toString() {
    return "(~" + child + ")";
  }
}

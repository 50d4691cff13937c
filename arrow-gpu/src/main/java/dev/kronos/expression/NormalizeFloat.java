// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/**
 * Gives equal floating point numbers equal bits: -0.0 becomes 0.0 and every NaN the same NaN. For
 * grouping and joining keys.
 *
 * @param child the number
 */
public record NormalizeFloat(Expression child) implements UnaryExpression {

  /** Checks that the operand is floating point. */
  public NormalizeFloat {
    Types.require("normalize", child.type(), DataType::isFloating);
  }

  @Override
  public DataType type() {
    return child.type();
  }

  @Override
  public String toString() {
    return "normalize(" + child + ")";
  }
}

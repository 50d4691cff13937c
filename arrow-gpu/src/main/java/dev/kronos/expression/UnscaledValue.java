// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/**
 * Takes the unscaled integer of a decimal of at most 18 digits, as INT64.
 *
 * @param child the decimal
 */
public record UnscaledValue(Expression child) implements UnaryExpression {
  static final int MAX_LONG_DIGITS = 18;

  /** Checks that the operand is a decimal that fits INT64. */
  public UnscaledValue {
    Types.require(
        "unscaled value", child.type(), t -> t.isDecimal() && t.precision() <= MAX_LONG_DIGITS);
  }

  @Override
  public DataType type() {
    return DataType.INT64;
  }

  @Override
  public String toString() {
    return "unscaled(" + child + ")";
  }
}

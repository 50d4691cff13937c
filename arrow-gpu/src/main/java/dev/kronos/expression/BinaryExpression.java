// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.List;

/** Is an expression of two operands, null where one of them is, unless a node says otherwise. */
public sealed interface BinaryExpression extends Expression
    permits And, Arithmetic, Bitwise, Comparison, DateShift, FloatDivide, Or, Shift {

  /** Returns the first operand. */
  Expression left();

  /** Returns the second operand. */
  Expression right();

  @Override
  default boolean nullable() {
    return left().nullable() || right().nullable();
  }

  @Override
  default List<Expression> children() {
    return List.of(left(), right());
  }
}

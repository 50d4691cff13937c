// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.List;

/** Is an expression of one operand, null where that is, unless a node says otherwise. */
public sealed interface UnaryExpression extends Expression
    permits Absolute,
        BitwiseNot,
        Cast,
        DatePart,
        DateRound,
        FloatMath,
        IsNotNull,
        IsNull,
        Like,
        MakeDecimal,
        Negate,
        NormalizeFloat,
        Not,
        RoundNumber,
        StringSize,
        Trim,
        UnscaledValue {

  /** Returns the operand. */
  Expression child();

  @Override
  default boolean nullable() {
    return child().nullable();
  }

  @Override
  default List<Expression> children() {
    return List.of(child());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Arithmetic.Operator;
import dev.kronos.expression.BitFunction;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Or;
import dev.kronos.expression.Shift;
import java.util.List;

/** Writes Arrow's arithmetic and shifts of unsigned integers as expressions. */
final class UnsignedRules {
  private UnsignedRules() {}

  /** Low bits of sums, differences and products do not know of signs; the rest is checked. */
  static Expression exact(Operator operator, Expression a, Expression b, ErrorMode mode) {
    DataType type = a.type();
    if (mode == ErrorMode.WRAP) {
      Expression bits =
          new Arithmetic(
              operator, CarriedRules.bits(a), CarriedRules.bits(b), type.carrier(), mode);
      return CarriedRules.as(bits, type);
    }
    Expression left = CarriedRules.number(a);
    Expression right = CarriedRules.number(b);
    // A product of two UINT32 that wraps around in INT64 is negative there, and does not fit.
    boolean wide = type.equals(DataType.UINT64);
    DataType result = wide ? DataType.decimal(DataType.MAX_PRECISION, 0) : left.type();
    ErrorMode exact = wide ? ErrorMode.ANSI : ErrorMode.WRAP;
    return CarriedRules.unsigned(
        new Arithmetic(operator, left, right, result, exact), type, ErrorMode.ANSI);
  }

  static Expression divide(Expression a, Expression b) {
    boolean wide = a.type().equals(DataType.UINT64);
    Expression left = wide ? CarriedRules.number(a) : CarriedRules.word(a);
    Expression right = wide ? CarriedRules.number(b) : CarriedRules.word(b);
    Expression quotient =
        new Arithmetic(Operator.INTEGRAL_DIVIDE, left, right, DataType.INT64, ErrorMode.ANSI);
    if (!wide) {
      return CarriedRules.unsigned(quotient, a.type(), ErrorMode.WRAP);
    }
    // One by one is all that has a quotient beyond INT64.
    Expression one =
        new Comparison(
            Comparison.Operator.EQ, CarriedRules.bits(b), new Literal(DataType.INT64, 1L));
    Expression bits =
        new CaseWhen(List.of(new CaseWhen.Branch(one, CarriedRules.bits(a))), quotient);
    return CarriedRules.as(bits, a.type());
  }

  /** Returns 0 or 1 as INT8. */
  static Expression sign(Expression a) {
    Expression bits = CarriedRules.bits(a);
    Expression zero =
        new Comparison(Comparison.Operator.EQ, bits, NumberRules.integer(bits.type(), 0));
    Expression sign =
        new CaseWhen(
            List.of(new CaseWhen.Branch(zero, NumberRules.integer(DataType.INT8, 0))),
            NumberRules.integer(DataType.INT8, 1));
    return LogicRules.nullWhere(a, sign);
  }

  /** An amount from the bits of the type on fails, or gives the value itself. */
  static Expression shift(Shift.Direction direction, Expression a, Expression b, ErrorMode mode) {
    DataType type = a.type();
    BitFunction function =
        direction == Shift.Direction.LEFT
            ? BitFunction.SHIFT_LEFT
            : BitFunction.SHIFT_RIGHT_UNSIGNED;
    Expression amount = CarriedRules.word(b);
    Expression places = new Cast(amount, DataType.INT32, ErrorMode.WRAP);
    Expression shifted =
        CarriedRules.unsigned(
            Call.of(function, CarriedRules.word(a), places), type, ErrorMode.WRAP);
    Expression otherwise =
        mode == ErrorMode.ANSI
            ? CarriedRules.unsigned(CastRules.failure(), type, ErrorMode.WRAP)
            : a;
    Expression outside = new And(new IsNotNull(a), outside(amount, type));
    return new CaseWhen(List.of(new CaseWhen.Branch(outside, otherwise)), shifted);
  }

  private static Expression outside(Expression amount, DataType type) {
    long bits = NumberRules.bits(type.carrier());
    return new Or(
        new Comparison(Comparison.Operator.LT, amount, new Literal(DataType.INT64, 0L)),
        new Comparison(Comparison.Operator.GE, amount, new Literal(DataType.INT64, bits)));
  }
}

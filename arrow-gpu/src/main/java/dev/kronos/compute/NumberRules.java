// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.column.Storage;
import dev.kronos.expression.Absolute;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Arithmetic.Operator;
import dev.kronos.expression.Bitwise;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.FloatDivide;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Negate;
import java.math.BigInteger;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes Arrow's arithmetic as expressions. */
final class NumberRules {
  /** Digits up to which the sign of a decimal changes without rounding. */
  private static final int EXACT_SIGN_DIGITS = 34;

  private NumberRules() {}

  static Expression exact(Operator operator, Expression a, Expression b, ErrorMode mode) {
    if (a.type().isUnsigned()) {
      return UnsignedRules.exact(operator, a, b, mode);
    }
    if (a.type().equals(DataType.FLOAT16)) {
      return CarriedRules.half(exact(operator, number(a), number(b), mode));
    }
    DataType type = a.type().isDecimal() ? decimal(operator, a.type(), b.type()) : a.type();
    return new Arithmetic(operator, a, b, type, mode);
  }

  /** Halves are widened, computed with and rounded: twice is as good as once for these. */
  private static Expression number(Expression half) {
    return CarriedRules.number(half);
  }

  /** Applies a function of floating point numbers to one, halves included. */
  static Expression floating(Expression a, UnaryOperator<Expression> function) {
    return a.type().equals(DataType.FLOAT16)
        ? CarriedRules.half(function.apply(number(a)))
        : function.apply(a);
  }

  /** Arrow's result types hold every result; those above 38 digits are refused. */
  private static DataType decimal(Operator operator, DataType a, DataType b) {
    int scale = Math.max(a.scale(), b.scale());
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    int digits = whole + scale + 1;
    if (operator == Operator.MULTIPLY) {
      scale = a.scale() + b.scale();
      digits = a.precision() + b.precision() + 1;
    }
    if (digits > DataType.MAX_PRECISION) {
      throw new KronosException.Unsupported(
          message("decimal result has more than 38 digits", "left", a, "right", b));
    }
    return DataType.decimal(digits, scale);
  }

  static Expression divide(Expression a, Expression b) {
    if (a.type().isUnsigned()) {
      return UnsignedRules.divide(a, b);
    }
    if (a.type().equals(DataType.FLOAT16)) {
      return CarriedRules.half(divide(number(a), number(b)));
    }
    if (a.type().isFloating()) {
      return new FloatDivide(a, b);
    }
    if (!a.type().equals(DataType.INT64)) {
      return new Cast(quotient(a, b), a.type(), ErrorMode.WRAP);
    }
    Expression minusOne =
        new Comparison(Comparison.Operator.EQ, b, new Literal(DataType.INT64, -1L));
    return new CaseWhen(
        List.of(new CaseWhen.Branch(minusOne, new Negate(a, ErrorMode.WRAP))), quotient(a, b));
  }

  static Expression divideChecked(Expression a, Expression b) {
    if (a.type().isUnsigned()) {
      return UnsignedRules.divide(a, b);
    }
    if (a.type().equals(DataType.FLOAT16)) {
      return CarriedRules.half(divideChecked(number(a), number(b)));
    }
    return a.type().isFloating()
        ? new Arithmetic(Operator.DIVIDE, a, b, a.type(), ErrorMode.ANSI)
        : new Cast(quotient(a, b), a.type(), ErrorMode.ANSI);
  }

  private static Expression quotient(Expression a, Expression b) {
    return new Arithmetic(
        Operator.INTEGRAL_DIVIDE, wide(a), wide(b), DataType.INT64, ErrorMode.ANSI);
  }

  private static Expression wide(Expression integer) {
    return integer.type().equals(DataType.INT64)
        ? integer
        : new Cast(integer, DataType.INT64, ErrorMode.ANSI);
  }

  static Expression negate(Expression a, ErrorMode mode) {
    if (a.type().isUnsigned()) {
      return CarriedRules.as(new Negate(CarriedRules.bits(a), mode), a.type());
    }
    if (a.type().equals(DataType.FLOAT16)) {
      return signBit(Bitwise.Operator.XOR, a, Short.MIN_VALUE);
    }
    return a.type().precision() > EXACT_SIGN_DIGITS ? fromZero(a) : new Negate(a, mode);
  }

  private static Expression signBit(Bitwise.Operator operator, Expression half, long mask) {
    Literal bits = integer(DataType.INT16, mask);
    return CarriedRules.as(new Bitwise(operator, CarriedRules.bits(half), bits), half.type());
  }

  static Expression absolute(Expression a, ErrorMode mode) {
    if (a.type().isUnsigned()) {
      return a;
    }
    if (a.type().equals(DataType.FLOAT16)) {
      return signBit(Bitwise.Operator.AND, a, Short.MAX_VALUE);
    }
    if (a.type().precision() <= EXACT_SIGN_DIGITS) {
      return new Absolute(a, mode);
    }
    Expression negative = new Comparison(Comparison.Operator.LT, a, zero(a.type()));
    return new CaseWhen(List.of(new CaseWhen.Branch(negative, fromZero(a))), a);
  }

  private static Expression fromZero(Expression decimal) {
    DataType type = decimal.type();
    return new Arithmetic(Operator.SUBTRACT, zero(type), decimal, type, ErrorMode.ANSI);
  }

  private static Literal zero(DataType decimal) {
    return new Literal(decimal, BigInteger.ZERO);
  }

  /** Returns -1, 0 or 1, of integers as INT8; NaN stays NaN. */
  static Expression sign(Expression a) {
    if (a.type().isUnsigned()) {
      return UnsignedRules.sign(a);
    }
    if (a.type().equals(DataType.FLOAT16)) {
      return CarriedRules.half(sign(number(a)));
    }
    DataType type = a.type();
    DataType result = type.isFloating() ? type : DataType.INT8;
    Expression zero = number(type, 0);
    Expression sign =
        new CaseWhen(
            List.of(
                branch(Comparison.Operator.GT, a, zero, number(result, 1)),
                branch(Comparison.Operator.LT, a, zero, number(result, -1)),
                branch(Comparison.Operator.EQ, a, zero, number(result, 0))),
            Literal.ofNull(result));
    return type.isFloating()
        ? new CaseWhen(
            List.of(new CaseWhen.Branch(ComparisonRules.isNan(a), number(result, Double.NaN))),
            sign)
        : sign;
  }

  private static CaseWhen.Branch branch(
      Comparison.Operator operator, Expression a, Expression b, Expression value) {
    return new CaseWhen.Branch(new Comparison(operator, a, b), value);
  }

  /** Returns the bits of a signed integer type. */
  static int bits(DataType integral) {
    return Storage.narrowest(integral).bytesPerValue() * Byte.SIZE;
  }

  /** Returns a constant of a signed integer type: the low bits of a value. */
  static Literal integer(DataType type, long value) {
    Object boxed =
        switch (type.kind()) {
          case INT8 -> (Object) (byte) value;
          case INT16 -> (Object) (short) value;
          case INT32 -> (Object) (int) value;
          default -> (Object) value;
        };
    return new Literal(type, boxed);
  }

  /** Returns a constant of an integer or floating point type. */
  static Literal number(DataType type, double value) {
    if (type.isIntegral()) {
      return integer(type, (long) value);
    }
    Object boxed = type.equals(DataType.FLOAT32) ? (Object) (float) value : (Object) value;
    return new Literal(type, boxed);
  }
}

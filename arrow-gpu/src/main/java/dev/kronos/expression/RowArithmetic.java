// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Two-operand arithmetic on non-null values, in Java. */
final class RowArithmetic {
  /** Spark computes decimals in this context before it rounds to the result type. */
  private static final MathContext CONTEXT =
      new MathContext(DecimalRules.CONTEXT_DIGITS, RoundingMode.DOWN);

  private RowArithmetic() {}

  /** Applies the operator; the right operand of a division is not zero. */
  static Object apply(Arithmetic e, Object left, Object right) {
    DataType operand = e.left().type();
    if (operand.isDecimal()) {
      return decimal(e, Decimals.scaled((BigInteger) left, operand), decimalOf(e.right(), right));
    }
    return switch (operand.kind()) {
      case FLOAT32 -> floating(e.operator(), (Float) left, (Float) right);
      case FLOAT64 -> floating(e.operator(), (Double) left, (Double) right);
      default -> integral(exact(e.operator(), bigOf(left), bigOf(right)), e.type(), e.mode());
    };
  }

  private static BigDecimal decimalOf(Expression operand, Object value) {
    return Decimals.scaled((BigInteger) value, operand.type());
  }

  private static BigInteger bigOf(Object value) {
    return BigInteger.valueOf(((Number) value).longValue());
  }

  private static float floating(Arithmetic.Operator operator, float a, float b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case INTEGRAL_DIVIDE -> throw new IllegalStateException("div on float");
    };
  }

  private static double floating(Arithmetic.Operator operator, double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case INTEGRAL_DIVIDE -> throw new IllegalStateException("div on double");
    };
  }

  private static BigInteger exact(Arithmetic.Operator operator, BigInteger a, BigInteger b) {
    return switch (operator) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
      case REMAINDER -> a.remainder(b);
      case DIVIDE, INTEGRAL_DIVIDE -> a.divide(b);
    };
  }

  /** Fits an exact integer into an integer type by the mode. */
  static Object integral(BigInteger exact, DataType type, ErrorMode mode) {
    if (mode != ErrorMode.WRAP && exact.bitLength() >= bits(type)) {
      return fail(mode, RowError.OVERFLOW);
    }
    return box(exact.longValue(), type.kind());
  }

  static int bits(DataType integral) {
    return switch (integral.kind()) {
      case INT8 -> Byte.SIZE;
      case INT16 -> Short.SIZE;
      case INT32 -> Integer.SIZE;
      default -> Long.SIZE;
    };
  }

  /** Keeps the low bits of {@code value} as an integer of {@code kind}. */
  static Object box(long value, Kind kind) {
    return switch (kind) {
      case INT8 -> (Object) (byte) value;
      case INT16 -> (Object) (short) value;
      case INT32, DATE -> (Object) (int) value;
      default -> (Object) value;
    };
  }

  /** Throws in ANSI mode, returns null otherwise. */
  static Object fail(ErrorMode mode, RowError error) {
    if (mode == ErrorMode.ANSI) {
      throw new RowErrorException(error);
    }
    return null;
  }

  private static Object decimal(Arithmetic e, BigDecimal a, BigDecimal b) {
    if (e.operator() == Arithmetic.Operator.INTEGRAL_DIVIDE) {
      return quotient(e, a, b);
    }
    BigDecimal exact =
        switch (e.operator()) {
          case ADD -> a.add(b);
          case SUBTRACT -> a.subtract(b);
          case MULTIPLY -> a.multiply(b, CONTEXT);
          case DIVIDE -> a.divide(b, DecimalRules.CONTEXT_DIGITS, RoundingMode.DOWN);
          default -> possible(() -> a.remainder(b, CONTEXT));
        };
    BigInteger unscaled = Decimals.round(exact, e.type());
    return unscaled == null ? fail(e.mode(), RowError.DECIMAL_PRECISION) : unscaled;
  }

  /** The quotient must be a decimal first, then its low 64 bits are the result, as in Spark. */
  private static Object quotient(Arithmetic e, BigDecimal a, BigDecimal b) {
    BigInteger quotient = possible(() -> a.divideToIntegralValue(b, CONTEXT)).toBigInteger();
    if (!Decimals.fits(quotient, DataType.MAX_PRECISION)) {
      return fail(e.mode(), RowError.OVERFLOW);
    }
    return quotient.longValue();
  }

  private interface Division {
    BigDecimal divide();
  }

  /** Java refuses quotients with more digits than the context has; Spark passes that on. */
  private static BigDecimal possible(Division division) {
    try {
      return division.divide();
    } catch (ArithmeticException impossible) {
      RowErrorException error = new RowErrorException(RowError.OVERFLOW);
      error.initCause(impossible);
      throw error;
    }
  }
}

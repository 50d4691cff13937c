// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Signs of numbers, in Java. */
final class RowSign {
  private RowSign() {}

  static Object negate(Negate e, Object value) {
    if (value instanceof BigInteger unscaled) {
      return negative(unscaled, e.type());
    }
    if (value instanceof Double number) {
      return -number;
    }
    if (value instanceof Float number) {
      return -number;
    }
    BigInteger exact = BigInteger.valueOf(((Number) value).longValue()).negate();
    return RowArithmetic.integral(exact, e.type(), e.mode());
  }

  /**
   * Spark changes signs of large decimals in a context of 34 digits: longer ones are rounded half
   * even, and one that then exceeds its precision is an error in every mode.
   */
  private static BigInteger negative(BigInteger unscaled, DataType type) {
    BigDecimal rounded = new BigDecimal(unscaled.negate()).round(MathContext.DECIMAL128);
    BigInteger value = rounded.toBigInteger();
    if (!Decimals.fits(value, type.precision())) {
      throw new RowErrorException(RowError.DECIMAL_PRECISION);
    }
    return value;
  }

  static Object absolute(Absolute e, Object value) {
    if (value instanceof BigInteger unscaled) {
      return unscaled.signum() < 0 ? negative(unscaled, e.type()) : unscaled;
    }
    if (value instanceof Double number) {
      return Math.abs(number);
    }
    if (value instanceof Float number) {
      return Math.abs(number);
    }
    BigInteger exact = BigInteger.valueOf(((Number) value).longValue()).abs();
    return RowArithmetic.integral(exact, e.type(), e.mode());
  }

  static Object normalize(Object value) {
    if (value instanceof Float number) {
      return Float.isNaN(number) ? (Float) Float.NaN : (Float) (number + 0f);
    }
    double number = (Double) value;
    return Double.isNaN(number) ? Double.NaN : number + 0d;
  }
}

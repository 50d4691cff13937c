// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigInteger;

/** Signs of numbers, in Java. */
final class RowSign {
  private RowSign() {}

  static Object negate(Negate e, Object value) {
    if (value instanceof BigInteger unscaled) {
      return unscaled.negate();
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

  static Object absolute(Absolute e, Object value) {
    if (value instanceof BigInteger unscaled) {
      return unscaled.abs();
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

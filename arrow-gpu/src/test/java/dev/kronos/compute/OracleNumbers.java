// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.RowError;
import dev.kronos.expression.RowErrorException;
import java.math.BigInteger;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Says in plain Java what Arrow's arithmetic gives. Decimals are of one scale. */
final class OracleNumbers {
  private OracleNumbers() {}

  static double doubleOf(Object value) {
    return ((Number) value).doubleValue();
  }

  static Object floating(Object value, DoubleUnaryOperator function) {
    double result = function.applyAsDouble(doubleOf(value));
    return value instanceof Float ? (Object) (float) result : (Object) result;
  }

  static Object binary(char operator, DataType type, List<Object> values, boolean checked) {
    Object a = values.get(0);
    Object b = values.get(1);
    if (a instanceof Float x) {
      return single(operator, x, (Float) b);
    }
    if (a instanceof Double x) {
      return twice(operator, x, (Double) b);
    }
    BigInteger exact = exact(operator, big(a), big(b));
    return type.isDecimal() ? exact : fit(type, exact, checked);
  }

  private static float single(char operator, float a, float b) {
    return operator == '+' ? a + b : operator == '-' ? a - b : a * b;
  }

  private static double twice(char operator, double a, double b) {
    return operator == '+' ? a + b : operator == '-' ? a - b : a * b;
  }

  private static BigInteger exact(char operator, BigInteger a, BigInteger b) {
    return operator == '+' ? a.add(b) : operator == '-' ? a.subtract(b) : a.multiply(b);
  }

  static Object divide(DataType type, List<Object> values, boolean checked) {
    double divisor = doubleOf(values.get(1));
    if (divisor == 0 && (checked || OracleTypes.isInteger(type))) {
      throw new RowErrorException(RowError.DIVIDE_BY_ZERO);
    }
    if (values.get(0) instanceof Float a) {
      return a / (Float) values.get(1);
    }
    if (values.get(0) instanceof Double a) {
      return a / (Double) values.get(1);
    }
    return fit(type, big(values.get(0)).divide(big(values.get(1))), checked);
  }

  static Object negate(DataType type, Object value, boolean checked) {
    if (OracleTypes.isFloating(type)) {
      return floating(value, x -> -x);
    }
    BigInteger exact = big(value).negate();
    return type.isDecimal() ? exact : fit(type, exact, checked);
  }

  static Object abs(DataType type, Object value, boolean checked) {
    if (OracleTypes.isFloating(type)) {
      return floating(value, Math::abs);
    }
    BigInteger exact = big(value).abs();
    return type.isDecimal() ? exact : fit(type, exact, checked);
  }

  static Object sign(DataType type, Object value) {
    if (OracleTypes.isFloating(type)) {
      // Arrow's sign of a negative zero is a positive one.
      return floating(value, x -> x == 0 ? 0 : Math.signum(x));
    }
    return (byte) big(value).signum();
  }

  static BigInteger big(Object value) {
    return value instanceof BigInteger unscaled
        ? unscaled
        : BigInteger.valueOf(((Number) value).longValue());
  }

  private static Object fit(DataType type, BigInteger exact, boolean checked) {
    if (checked && !OracleTypes.fits(type, exact)) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    return ArrowOracle.box(type, exact.longValue());
  }
}

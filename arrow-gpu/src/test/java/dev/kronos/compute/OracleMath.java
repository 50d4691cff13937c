// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.RowError;
import dev.kronos.expression.RowErrorException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/** Says in plain Java what powers, logarithms, angles, extremes and roundings give. */
final class OracleMath {
  /** Rules for values that are not null. */
  static final Map<String, OracleRule> RULES = new HashMap<>();

  static {
    unary("exp", StrictMath::exp, x -> false);
    unary("expm1", StrictMath::expm1, x -> false);
    unary("ln", StrictMath::log, x -> x <= 0);
    unary("log10", StrictMath::log10, x -> x <= 0);
    unary("log2", x -> StrictMath.log(x) / StrictMath.log(2), x -> x <= 0);
    unary("log1p", StrictMath::log1p, x -> x <= -1);
    unary("sqrt", Math::sqrt, x -> x < 0);
    unary("cbrt", StrictMath::cbrt, x -> false);
    unary("sinh", StrictMath::sinh, x -> false);
    unary("cosh", StrictMath::cosh, x -> false);
    unary("tanh", StrictMath::tanh, x -> false);
    unary("sin", StrictMath::sin, Double::isInfinite);
    unary("cos", StrictMath::cos, Double::isInfinite);
    unary("tan", StrictMath::tan, Double::isInfinite);
    unary("asin", StrictMath::asin, x -> Math.abs(x) > 1);
    unary("acos", StrictMath::acos, x -> Math.abs(x) > 1);
    unary("atan", StrictMath::atan, x -> false);
    unary("degrees", Math::toDegrees, x -> false);
    unary("radians", Math::toRadians, x -> false);
    binary("atan2", StrictMath::atan2);
    binary("power", OracleMath::power);
    binary("logb", OracleMath::logb);
    RULES.put("logb_checked", OracleMath::logbChecked);
    RULES.put("factorial", (t, v) -> factorial((Integer) v.get(0)));
  }

  private OracleMath() {}

  private static void unary(String name, DoubleUnaryOperator function, DoublePredicate refused) {
    RULES.put(name, (t, v) -> OracleNumbers.floating(v.get(0), function));
    RULES.put(
        name + "_checked",
        (t, v) -> {
          if (refused.test(OracleNumbers.doubleOf(v.get(0)))) {
            throw new RowErrorException(RowError.OVERFLOW);
          }
          return OracleNumbers.floating(v.get(0), function);
        });
  }

  private static void binary(String name, DoubleBinaryOperator function) {
    RULES.put(
        name,
        (t, v) ->
            OracleNumbers.floating(
                v.get(0), x -> function.applyAsDouble(x, OracleNumbers.doubleOf(v.get(1)))));
  }

  private static double power(double x, double y) {
    boolean one = x == 1 || (x == -1 && Double.isInfinite(y));
    return one ? 1 : StrictMath.pow(x, y);
  }

  private static double logb(double x, double base) {
    if (x == 0) {
      return base <= 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
    }
    return StrictMath.log(x) / StrictMath.log(base);
  }

  private static Object logbChecked(DataType type, List<Object> values) {
    if (OracleNumbers.doubleOf(values.get(0)) <= 0 || OracleNumbers.doubleOf(values.get(1)) <= 0) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    return RULES.get("logb").apply(type, values);
  }

  private static Object factorial(int number) {
    if (number < 0 || number > 20) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    long product = 1;
    for (int i = 2; i <= number; i++) {
      product *= i;
    }
    return product;
  }

  /** Returns the first of the greatest, or least, values; nulls and, before those, NaN lose. */
  static Object extreme(DataType type, List<Object> values, int sign) {
    Object best = null;
    for (Object value : values) {
      if (best == null || (value != null && beats(type, value, best, sign))) {
        best = value;
      }
    }
    return best;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static boolean beats(DataType type, Object value, Object best, int sign) {
    Object a = OracleTypes.meaning(type, value);
    Object b = OracleTypes.meaning(type, best);
    if (OracleTypes.isFloating(type)) {
      double x = OracleNumbers.doubleOf(a);
      double y = OracleNumbers.doubleOf(b);
      return Double.isNaN(y) ? !Double.isNaN(x) : sign > 0 ? x > y : x < y;
    }
    return ((Comparable) a).compareTo(b) * sign > 0;
  }

  /** Rounds an integer or a decimal. */
  static Object rounded(DataType type, Object value, int digits, RoundingMode mode) {
    BigDecimal number = new BigDecimal(OracleNumbers.big(value), type.scale());
    BigInteger rounded =
        number
            .setScale(Math.min(digits, type.scale()), mode)
            .setScale(type.scale())
            .unscaledValue();
    boolean fits =
        type.isDecimal()
            ? rounded.abs().compareTo(BigInteger.TEN.pow(type.precision())) < 0
            : OracleTypes.fits(type, rounded);
    if (!fits) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    return type.isDecimal() ? rounded : ArrowOracle.box(type, rounded.longValue());
  }

  /** Rounds the text of a number. */
  static double written(double number, int digits, RoundingMode mode) {
    return Double.isFinite(number)
        ? BigDecimal.valueOf(number).setScale(digits, mode).doubleValue()
        : number;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Rounds integers and decimals on non-null values, in Java. */
final class RowRounding {
  private RowRounding() {}

  static Object round(RoundNumber e, Object value) {
    if (value instanceof Double number) {
      return Double.isFinite(number) ? (Object) floating(e, number).doubleValue() : number;
    }
    if (value instanceof Float number) {
      return Float.isFinite(number) ? (Object) floating(e, number).floatValue() : number;
    }
    BigInteger unscaled =
        value instanceof BigInteger big ? big : BigInteger.valueOf(((Number) value).longValue());
    BigDecimal rounded =
        new BigDecimal(unscaled, e.child().type().scale())
            .setScale(Math.min(e.places(), e.child().type().scale()), mode(e));
    BigInteger result =
        rounded.setScale(e.type().scale(), RoundingMode.UNNECESSARY).unscaledValue();
    if (e.type().isIntegral()) {
      return RowArithmetic.integral(result, e.type(), e.mode());
    }
    return Decimals.fits(result, e.type().precision())
        ? result
        : RowArithmetic.fail(ErrorMode.ANSI, RowError.OVERFLOW);
  }

  private static BigDecimal floating(RoundNumber e, double number) {
    return BigDecimal.valueOf(number).setScale(e.places(), mode(e));
  }

  private static RoundingMode mode(RoundNumber e) {
    return switch (e.direction()) {
      case HALF_UP -> RoundingMode.HALF_UP;
      case HALF_EVEN -> RoundingMode.HALF_EVEN;
      case CEILING -> RoundingMode.CEILING;
      case FLOOR -> RoundingMode.FLOOR;
    };
  }
}

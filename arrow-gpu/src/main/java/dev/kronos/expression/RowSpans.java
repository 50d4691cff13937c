// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Functions of spans of time on non-null values, in Java; {@link TimeFunction} names them. */
final class RowSpans {
  private RowSpans() {}

  static Object span(List<Object> v) {
    try {
      long micros = (Long) v.get(3);
      micros = Math.addExact(micros, exact(v.get(0), TimeUnit.DAYS));
      micros = Math.addExact(micros, exact(v.get(1), TimeUnit.HOURS));
      return Math.addExact(micros, exact(v.get(2), TimeUnit.MINUTES));
    } catch (ArithmeticException e) {
      throw failed(e);
    }
  }

  private static long exact(Object count, TimeUnit unit) {
    return Math.multiplyExact((long) (Integer) count, unit.toMicros(1));
  }

  static Object times(List<Object> v) {
    return whole((Long) v.get(0) * (Double) v.get(1));
  }

  static Object over(List<Object> v) {
    long span = (Long) v.get(0);
    if (v.get(1) instanceof Double by) {
      return whole(by == 0 ? Double.NaN : span / by);
    }
    long by = (Long) v.get(1);
    if (by == 0) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    return whole(BigDecimal.valueOf(span).divide(BigDecimal.valueOf(by), 0, RoundingMode.HALF_UP));
  }

  private static long whole(double number) {
    if (!Double.isFinite(number)) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    return whole(new BigDecimal(number).setScale(0, RoundingMode.HALF_UP));
  }

  private static long whole(BigDecimal number) {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw failed(e);
    }
  }

  private static RowErrorException failed(ArithmeticException cause) {
    RowErrorException error = new RowErrorException(RowError.OVERFLOW);
    error.initCause(cause);
    return error;
  }
}

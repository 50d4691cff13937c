// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;

/** Casts of non-null values, in Java. */
final class RowCast {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

  private RowCast() {}

  static Object apply(Cast cast, Object value) {
    DataType from = cast.child().type();
    DataType to = cast.type();
    if (Cast.keepsBits(from, to)) {
      return value;
    }
    if (from.kind() == Kind.STRING) {
      return RowTextCast.fromText(cast, (Utf8) value);
    }
    return switch (to.kind()) {
      case BOOLEAN -> !Values.isZero(value);
      case INT8, INT16, INT32, INT64 -> toIntegral(cast, value);
      case FLOAT32 -> toFloat(from, value);
      case FLOAT64 -> toDouble(from, value);
      case DECIMAL -> toDecimal(cast, value);
      case DATE -> (int) Math.floorDiv((Long) value, MICROS_PER_DAY);
      case TIMESTAMP, TIMESTAMP_NTZ -> toTimestamp(cast, value);
      case STRING -> RowTextCast.toText(cast, value);
      default -> throw new IllegalStateException("no such cast: cast=" + cast);
    };
  }

  private static long longOf(Object value) {
    return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue();
  }

  private static Object toIntegral(Cast cast, Object value) {
    DataType from = cast.child().type();
    return switch (from.kind()) {
      case FLOAT32, FLOAT64 -> floatingToIntegral(cast, ((Number) value).doubleValue());
      case DECIMAL -> decimalToIntegral(cast, Decimals.scaled((BigInteger) value, from));
      case TIMESTAMP -> secondsToIntegral(cast, Math.floorDiv((Long) value, MICROS_PER_SECOND));
      default -> fit(cast, BigInteger.valueOf(longOf(value)), cast.mode());
    };
  }

  private static Object fit(Cast cast, BigInteger exact, ErrorMode mode) {
    if (mode != ErrorMode.WRAP && exact.bitLength() >= RowArithmetic.bits(cast.type())) {
      return RowArithmetic.fail(mode, RowError.CAST);
    }
    return RowArithmetic.box(exact.longValue(), cast.type().kind());
  }

  /** Outside ANSI mode seconds that do not fit are null: here nothing wraps. */
  private static Object secondsToIntegral(Cast cast, long seconds) {
    ErrorMode mode = cast.mode() == ErrorMode.ANSI ? ErrorMode.ANSI : ErrorMode.NULL;
    return fit(cast, BigInteger.valueOf(seconds), mode);
  }

  /**
   * Saturates outside the checked modes: to INT64, or to INT32 whose low bits smaller types keep.
   */
  private static Object floatingToIntegral(Cast cast, double number) {
    Kind kind = cast.type().kind();
    if (cast.mode() == ErrorMode.WRAP) {
      return RowArithmetic.box(kind == Kind.INT64 ? (long) number : (int) number, kind);
    }
    double max = kind == Kind.INT64 ? Long.MAX_VALUE : max(cast.type());
    double min = kind == Kind.INT64 ? Long.MIN_VALUE : -max - 1;
    if (Math.floor(number) <= max && Math.ceil(number) >= min) {
      return RowArithmetic.box((long) number, kind);
    }
    return RowArithmetic.fail(cast.mode(), RowError.CAST);
  }

  private static long max(DataType integral) {
    return (1L << (RowArithmetic.bits(integral) - 1)) - 1;
  }

  /**
   * Truncates; but a checked cast of a decimal of more than 18 digits to at most 32 bits goes by
   * way of the nearest double, as in Spark.
   */
  private static Object decimalToIntegral(Cast cast, BigDecimal number) {
    boolean wide = cast.child().type().precision() > UnscaledValue.MAX_LONG_DIGITS;
    if (wide && cast.type().kind() != Kind.INT64 && cast.mode() != ErrorMode.WRAP) {
      return floatingToIntegral(cast, number.doubleValue());
    }
    return fit(cast, number.toBigInteger(), cast.mode());
  }

  private static float toFloat(DataType from, Object value) {
    return switch (from.kind()) {
      case FLOAT64 -> ((Double) value).floatValue();
      case DECIMAL -> Decimals.scaled((BigInteger) value, from).floatValue();
      case TIMESTAMP -> (float) ((Long) value / (double) MICROS_PER_SECOND);
      default -> longOf(value);
    };
  }

  private static double toDouble(DataType from, Object value) {
    return switch (from.kind()) {
      case FLOAT32 -> ((Float) value).doubleValue();
      case DECIMAL -> Decimals.scaled((BigInteger) value, from).doubleValue();
      case TIMESTAMP -> (Long) value / (double) MICROS_PER_SECOND;
      default -> longOf(value);
    };
  }

  private static Object toDecimal(Cast cast, Object value) {
    if (cast.child().type().isFloating()) {
      return floatingToDecimal(cast, ((Number) value).doubleValue());
    }
    DataType from = Fallibility.decimalOf(cast.child().type());
    BigInteger unscaled = value instanceof BigInteger big ? big : BigInteger.valueOf(longOf(value));
    return rounded(cast, Decimals.scaled(unscaled, from));
  }

  private static Object floatingToDecimal(Cast cast, double number) {
    return Double.isFinite(number) ? rounded(cast, BigDecimal.valueOf(number)) : null;
  }

  private static Object rounded(Cast cast, BigDecimal exact) {
    BigInteger rounded = Decimals.round(exact, cast.type());
    return rounded == null ? RowArithmetic.fail(cast.mode(), RowError.DECIMAL_PRECISION) : rounded;
  }

  private static Object toTimestamp(Cast cast, Object value) {
    DataType from = cast.child().type();
    return switch (from.kind()) {
      case FLOAT32, FLOAT64 -> floatingToTimestamp(cast, ((Number) value).doubleValue());
      case DECIMAL ->
          Decimals.scaled((BigInteger) value, from)
              .multiply(BigDecimal.valueOf(MICROS_PER_SECOND))
              .toBigInteger()
              .longValue();
      case DATE -> daysToMicros((Integer) value);
      case BOOLEAN, TIMESTAMP, TIMESTAMP_NTZ -> longOf(value);
      default -> TimeUnit.SECONDS.toMicros(longOf(value));
    };
  }

  private static Object floatingToTimestamp(Cast cast, double seconds) {
    double micros = seconds * MICROS_PER_SECOND;
    boolean held =
        cast.mode() == ErrorMode.WRAP
            ? Double.isFinite(seconds)
            : Math.floor(micros) <= Long.MAX_VALUE && Math.ceil(micros) >= Long.MIN_VALUE;
    return held ? (Object) (long) micros : RowArithmetic.fail(cast.mode(), RowError.CAST);
  }

  private static long daysToMicros(int days) {
    BigInteger micros = BigInteger.valueOf(days).multiply(BigInteger.valueOf(MICROS_PER_DAY));
    if (micros.bitLength() >= Long.SIZE) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    return micros.longValue();
  }

  static Object unscaled(Object value) {
    return ((BigInteger) value).longValueExact();
  }

  static Object make(MakeDecimal e, Object value) {
    BigInteger unscaled = BigInteger.valueOf((Long) value);
    return Decimals.fits(unscaled, e.type().precision())
        ? unscaled
        : RowArithmetic.fail(e.mode(), RowError.DECIMAL_PRECISION);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.TimeFunction;
import java.util.List;

/**
 * Writes Arrow's casts as expressions. Timestamps and dates are cast from and to the integer that
 * is stored, not to others, for which the expressions count seconds. Of strings there is what Spark
 * and Arrow write alike: integers and booleans. {@link TextCasts} has the rest, and floating point
 * numbers as decimals, which the expressions round by their text in Java.
 */
final class CastRules {
  private static final Literal ONE = new Literal(DataType.INT64, 1L);

  private CastRules() {}

  static boolean supports(DataType from, DataType to) {
    if (isStored(from, to) || isStored(to, from)) {
      return true;
    }
    if (from.isCarried() || to.isCarried()) {
      return from.equals(to) || keepsBits(from, to) || supportsNumbers(from, to);
    }
    return supportsPlain(from, to);
  }

  private static boolean supportsPlain(DataType from, DataType to) {
    boolean seconds = isTimestamp(from) != isTimestamp(to);
    boolean days = from.kind() == Kind.DATE || to.kind() == Kind.DATE;
    boolean text = from.kind() == Kind.STRING || to.kind() == Kind.STRING;
    boolean digits = from.isFloating() && to.isDecimal();
    return Cast.supports(from, to)
        && (!seconds || days)
        && (!text || isWritten(from, to))
        && !digits;
  }

  private static boolean isWritten(DataType from, DataType to) {
    boolean alike = from.isIntegral() || from.kind() == Kind.BOOLEAN;
    return from.equals(to) || (alike && to.kind() == Kind.STRING);
  }

  /** Tells whether an integer is what is stored of a time. */
  private static boolean isStored(DataType time, DataType integer) {
    return time.kind() == Kind.DATE
        ? integer.kind() == Kind.INT32
        : isTimestamp(time) && integer.kind() == Kind.INT64;
  }

  private static Expression stored(Expression value, DataType to) {
    return switch (value.type().kind()) {
      case DATE -> Call.of(TimeFunction.DAYS, value);
      case INT32 -> Call.of(TimeFunction.OF_DAYS, value);
      case INT64 -> retyped(Call.of(TimeFunction.OF_UNITS, value, ONE), to);
      default -> Call.of(TimeFunction.UNITS, retyped(value, DataType.TIMESTAMP), ONE);
    };
  }

  private static Expression retyped(Expression time, DataType to) {
    return time.type().equals(to) ? time : new Cast(time, to, ErrorMode.ANSI);
  }

  private static boolean isTimestamp(DataType type) {
    return type.kind() == Kind.TIMESTAMP || type.kind() == Kind.TIMESTAMP_NTZ;
  }

  /** Times and durations are the integers that count their units; all text is bytes. */
  private static boolean keepsBits(DataType from, DataType to) {
    boolean text = from.kind() == Kind.STRING && to.kind() == Kind.BINARY;
    boolean count = isCount(from) ? to.isIntegral() : isCount(to) && from.isIntegral();
    return text || (count && Cast.keepsBits(from, to));
  }

  private static boolean isCount(DataType type) {
    return switch (type.kind()) {
      case TIME32, TIME64, DURATION -> true;
      default -> false;
    };
  }

  private static boolean supportsNumbers(DataType from, DataType to) {
    return isComputed(from) && isComputed(to) && supportsPlain(computed(from), computed(to));
  }

  private static boolean isComputed(DataType type) {
    return type.isUnsigned() || type.kind() == Kind.FLOAT16 || !type.isCarried();
  }

  /** Returns a type that casts as this one. */
  private static DataType computed(DataType type) {
    DataType unsigned = type.isUnsigned() ? DataType.INT64 : type;
    return type.kind() == Kind.FLOAT16 ? DataType.FLOAT32 : unsigned;
  }

  static Expression cast(Expression value, DataType to, ErrorMode mode) {
    DataType from = value.type();
    if (!supports(from, to)) {
      throw new KronosException.Unsupported(
          message("no cast between these types", "from", from, "to", to));
    }
    if (from.equals(to) || keepsBits(from, to)) {
      return CarriedRules.as(value, to);
    }
    if (isStored(from, to) || isStored(to, from)) {
      return stored(value, to);
    }
    Expression number = CarriedRules.number(value);
    if (to.isUnsigned()) {
      return CarriedRules.unsigned(number, to, mode);
    }
    return to.kind() == Kind.FLOAT16 ? CarriedRules.half(number) : plain(number, to, mode);
  }

  /** Casts between types that expressions compute with. */
  static Expression plain(Expression value, DataType to, ErrorMode mode) {
    if (value.type().equals(to)) {
      return value;
    }
    boolean narrow = to.isIntegral() && !to.equals(DataType.INT64);
    if (value.type().isDecimal() && narrow) {
      // By way of INT64, which truncates exactly, where a direct cast goes by way of a double.
      return new Cast(new Cast(value, DataType.INT64, mode), to, mode);
    }
    Expression cast = new Cast(value, to, mode);
    boolean reachesEnd = value.type().isFloating() && to.equals(DataType.INT64);
    return reachesEnd && mode == ErrorMode.ANSI ? belowEnd(value, cast) : cast;
  }

  /** 2^63 is the one number too large that the expressions' cast lets pass, as Spark does. */
  private static Expression belowEnd(Expression value, Expression cast) {
    Expression end = NumberRules.number(value.type(), 0x1p63);
    Expression tooLarge = new Comparison(Comparison.Operator.GE, value, end);
    return new CaseWhen(List.of(new CaseWhen.Branch(tooLarge, failure())), cast);
  }

  /** Returns an INT64 that puts the row in error. */
  static Expression failure() {
    Expression most = new Literal(DataType.INT64, Long.MAX_VALUE);
    return new Arithmetic(Arithmetic.Operator.ADD, most, most, DataType.INT64, ErrorMode.ANSI);
  }
}

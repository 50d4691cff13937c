// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;
import static dev.kronos.compute.FunctionForms.number;
import static dev.kronos.compute.FunctionForms.unary;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;
import dev.kronos.expression.Or;
import dev.kronos.expression.StringMatch;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.expression.TimeTextFunction;
import dev.kronos.expression.Utf8;
import dev.kronos.expression.ZoneDirectory;
import dev.kronos.expression.ZonedTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Lists casts between strings and other values, by row, as Spark's casts read and write them. Arrow
 * takes and gives other texts, so that none of these is called a cast. A result is null where an
 * operand is. {@link #parse} reads all that {@link #TO_TEXT} writes as what it was.
 */
public final class TextCasts {
  /**
   * Values as strings: integers in digits; booleans as true and false; decimals with all digits of
   * their scale; floating point as {@link Double#toString(double)} and {@link
   * Float#toString(float)}; dates as year, month and day, with a sign where the year has not four
   * digits; timestamps without zone as date and time, with a fraction of as many digits as there
   * are.
   */
  public static final ArrowFunction TO_TEXT =
      unary("to_text", TypeGroup.WRITTEN, TextCasts::written);

  /** The zones whose names texts may have besides offsets. */
  private static final Literal UTC =
      ZoneDirectory.of(
              Map.<String, ZoneId>of(
                  "Z", ZoneOffset.UTC, "UTC", ZoneOffset.UTC, "GMT", ZoneOffset.UTC))
          .literal();

  private TextCasts() {}

  /**
   * Makes values of strings; fails where a string is none, or one that does not fit. White space
   * and control characters of ASCII at the ends do not count.
   *
   * <ul>
   *   <li>integers: digits after a sign or none
   *   <li>booleans: t, true, y, yes, 1, f, false, n, no, 0, in either case
   *   <li>decimals, rounded half up, and floating point: as {@link java.math.BigDecimal} and {@link
   *       Double#parseDouble} read them, and inf, infinity and nan in either case
   *   <li>dates: a year of four to seven digits, perhaps after a sign, then perhaps month and day,
   *       and behind a space or T anything
   *   <li>timestamps without zone: a date, perhaps an hour, minutes, seconds, a fraction, and an
   *       offset or UTC, which is left out
   *   <li>timestamps: the same, but the instant that it is there, or in UTC where there is no
   *       offset
   * </ul>
   *
   * <p>FLOAT16 is read as FLOAT64 and rounded from there.
   *
   * @param to an integer, a boolean, a decimal, a floating point type, a date, TIMESTAMP_NTZ or
   *     TIMESTAMP
   * @throws KronosException.Unsupported for another type
   */
  public static ArrowFunction parse(DataType to) {
    return parse("parse", to, ErrorMode.ANSI);
  }

  /** Makes values of strings as {@link #parse}; null where a string is none. */
  public static ArrowFunction parseOrNull(DataType to) {
    return parse("parse_or_null", to, ErrorMode.NULL);
  }

  /**
   * Makes decimals of FLOAT32 and FLOAT64 as they are written: the digits of {@link
   * Double#toString(double)}, rounded half up. Fails for what does not fit or is not finite.
   * Arrow's cast rounds the binary number, so that it takes 1.005 for less than it looks.
   *
   * @param to a decimal
   * @throws KronosException.Unsupported for another type
   */
  public static ArrowFunction decimalWritten(DataType to) {
    requireCast(DataType.FLOAT64, to, to.isDecimal());
    return unary(
        "decimal_written",
        TypeGroup.FLOATS_WRITTEN,
        a ->
            MathRules.failing(
                new Not(ComparisonRules.isFinite(a)), new Cast(a, to, ErrorMode.ANSI)));
  }

  private static ArrowFunction parse(String name, DataType to, ErrorMode mode) {
    if (to.kind() == Kind.TIMESTAMP_NTZ) {
      return unary(name, TypeGroup.STRINGS, a -> clock(a, mode));
    }
    if (to.kind() == Kind.TIMESTAMP) {
      return unary(name, TypeGroup.STRINGS, a -> instant(a, mode));
    }
    if (to.kind() == Kind.FLOAT16) {
      return unary(
          name, TypeGroup.STRINGS, a -> CarriedRules.half(new Cast(a, DataType.FLOAT64, mode)));
    }
    if (to.equals(DataType.UINT64)) {
      return unary(name, TypeGroup.STRINGS, a -> unsignedLong(a, mode));
    }
    if (to.isUnsigned()) {
      return unary(
          name,
          TypeGroup.STRINGS,
          a -> CarriedRules.narrow(new Cast(a, DataType.INT64, mode), to, mode));
    }
    requireCast(DataType.STRING, to, to.kind() != Kind.STRING && to.kind() != Kind.BINARY);
    return unary(name, TypeGroup.STRINGS, a -> new Cast(a, to, mode));
  }

  private static Expression clock(Expression text, ErrorMode mode) {
    return new Call(TimeTextFunction.CLOCK, List.of(text, UTC), mode);
  }

  /** A text without date is no instant, for it would be one of the day on which it is read. */
  private static Expression instant(Expression text, ErrorMode mode) {
    Literal noDay = new Literal(DataType.TIMESTAMP, 0L);
    Literal zone = ZonedTime.table(ZoneOffset.UTC);
    Expression instant = new Call(TimeTextFunction.INSTANT, List.of(text, noDay, zone, UTC), mode);
    return CaseWhen.orNull(new IsNotNull(clock(text, mode)), instant);
  }

  /** Reads a decimal, which holds the whole range, but for texts that integers do not have. */
  private static Expression unsignedLong(Expression text, ErrorMode mode) {
    Expression number =
        CarriedRules.unsignedLong(new Cast(text, CarriedRules.UNSIGNED, mode), mode);
    Expression fractional = new Or(contains(text, "."), contains(text, "e"));
    Expression none = new Or(fractional, contains(text, "E"));
    return mode == ErrorMode.ANSI
        ? MathRules.failing(none, number)
        : CaseWhen.orNull(new Not(none), number);
  }

  private static Expression contains(Expression text, String part) {
    return new StringMatch(
        StringMatch.Place.ANYWHERE, text, new Literal(DataType.STRING, Utf8.of(part)));
  }

  private static void requireCast(DataType from, DataType to, boolean known) {
    if (!known || !Cast.supports(from, to)) {
      throw new KronosException.Unsupported(
          message("text is not read as this type", "from", from, "to", to));
    }
  }

  private static Expression written(Expression value) {
    if (value.type().kind() == Kind.TIMESTAMP_NTZ) {
      Expression instant = new Cast(value, DataType.TIMESTAMP, ErrorMode.ANSI);
      return TextCall.of(TextFunction.TIME, instant, number(0));
    }
    Expression plain = CarriedRules.number(value);
    requireCast(plain.type(), DataType.STRING, true);
    return new Cast(plain, DataType.STRING, ErrorMode.ANSI);
  }
}

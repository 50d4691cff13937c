// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Lists functions of instants, dates and time zones. An offset is what the wall clock shows less
 * UTC, in seconds, INT32; a zone is the text of a {@link ZoneTable}. An instant, TIMESTAMP, with
 * its offset and a wall clock, TIMESTAMP_NTZ, with the offset 0 have the same parts.
 */
public enum TimeFunction implements ScalarFunction {
  /** 0 to 23, of a time and its offset. */
  HOUR(Signatures.partOfTime(DataType.INT32), Failure.NEVER, RowTimes::hour),
  /** 0 to 59, of a time and its offset. */
  MINUTE(Signatures.partOfTime(DataType.INT32), Failure.NEVER, RowTimes::minute),
  /** 0 to 59, of a time and its offset. */
  SECOND(Signatures.partOfTime(DataType.INT32), Failure.NEVER, RowTimes::second),
  /** Seconds of the minute with microseconds, of a time and its offset. */
  SECOND_FRACTION(
      Signatures.partOfTime(DataType.decimal(8, 6)), Failure.NEVER, RowTimes::secondFraction),
  /** The date, of a time and its offset. */
  DATE(Signatures.partOfTime(DataType.DATE), Failure.NEVER, RowTimes::date),
  /** The wall clock, TIMESTAMP_NTZ, of a time and its offset. */
  WALL_CLOCK(Signatures.partOfTime(DataType.TIMESTAMP_NTZ), Failure.ALWAYS, RowTimes::wallClock),
  /** The instant of a wall clock and its offset. */
  INSTANT(Signatures.partOfTime(DataType.TIMESTAMP), Failure.ALWAYS, RowTimes::instant),
  /**
   * A time and its offset cut down to a multiple of microseconds, INT64, of which a day has a whole
   * number; of the type of the time.
   */
  TRUNCATE(
      Signatures.ofTime(DataType.INT32::equals, DataType.INT64::equals),
      Failure.ALWAYS,
      RowTimes::truncate),
  /** A time moved by microseconds, INT64; of the type of the time. */
  ADD_MICROS(Signatures.ofTime(DataType.INT64::equals), Failure.ALWAYS, RowTimes::addMicros),
  /** A wall clock moved by months, INT32, to the same day or the last of a shorter month. */
  ADD_MONTHS(
      Signature.of(DataType.TIMESTAMP_NTZ, DataType.TIMESTAMP_NTZ, DataType.INT32),
      Failure.ALWAYS,
      RowTimes::addMonths),
  /** Whole units, of so many microseconds, INT64, since 1970, rounded down; INT64. */
  UNITS(
      Signature.of(DataType.INT64, DataType.TIMESTAMP, DataType.INT64),
      Failure.NEVER,
      RowTimes::units),
  /** The instant so many units, of so many microseconds, after 1970; both INT64. */
  OF_UNITS(
      Signature.of(DataType.TIMESTAMP, DataType.INT64, DataType.INT64),
      Failure.ALWAYS,
      RowTimes::ofUnits),
  /** The offset at an instant in a zone. */
  OFFSET_AT(
      Signature.of(DataType.INT32, DataType.TIMESTAMP, DataType.STRING),
      Failure.NEVER,
      RowTimes::offsetAt),
  /**
   * The instant of a wall clock in a zone. Of two instants it is the one of the offset that is
   * given second if that is one of theirs, else the earlier one; where the clock was put forward,
   * the time is moved by as much.
   */
  INSTANT_IN_ZONE(
      Signature.of(DataType.TIMESTAMP, DataType.TIMESTAMP_NTZ, DataType.INT32, DataType.STRING),
      Failure.ALWAYS,
      RowTimes::instantInZone),
  /** The instant of a date's midnight under an offset. */
  MIDNIGHT(
      Signature.of(DataType.TIMESTAMP, DataType.DATE, DataType.INT32),
      Failure.ALWAYS,
      RowTimes::midnight),
  /** The first instant of a date in a zone. */
  START_OF_DAY(
      Signature.of(DataType.TIMESTAMP, DataType.DATE, DataType.STRING),
      Failure.ALWAYS,
      RowTimes::startOfDay),
  /** The first date after one on a day of the week, INT32, 0 for Thursday; wraps. */
  NEXT_DAY(
      Signature.of(DataType.DATE, DataType.DATE, DataType.INT32), Failure.NEVER, RowTimes::nextDay),
  /** The date of a year within 6 million of 0, a month and a day, INT32 each; fails for no date. */
  MAKE_DATE(
      Signature.of(DataType.DATE, DataType.INT32, DataType.INT32, DataType.INT32),
      Failure.BY_MODE,
      RowTimes::makeDate),
  /** The year of the operands of MAKE_DATE; fails where they are a date, but one out of reach. */
  YEAR_IN_REACH(
      Signature.of(DataType.INT32, DataType.INT32, DataType.INT32, DataType.INT32),
      Failure.ALWAYS,
      RowTimes::yearInReach),
  /** Microseconds, INT64, of days, hours and minutes, INT32, and more microseconds, INT64. */
  SPAN(
      Signature.of(DataType.INT64, DataType.INT32, DataType.INT32, DataType.INT32, DataType.INT64),
      Failure.BY_MODE,
      RowSpans::span),
  /** An INT64 times a FLOAT64, as INT64 rounded half away from zero. */
  SPAN_TIMES(
      Signature.of(DataType.INT64, DataType.INT64, DataType.FLOAT64),
      Failure.BY_MODE,
      RowSpans::times),
  /** An INT64 by a number, INT64 or FLOAT64, that is not zero; rounded half away from zero. */
  SPAN_OVER(
      new Signature(
          List.of(
              DataType.INT64::equals,
              by -> by.equals(DataType.INT64) || by.equals(DataType.FLOAT64)),
          span -> span),
      Failure.BY_MODE,
      RowSpans::over),
  /** The days of a date since 1970, INT32. */
  DAYS(Signature.of(DataType.INT32, DataType.DATE), Failure.NEVER, v -> v.get(0)),
  /** The date so many days, INT32, after 1970. */
  OF_DAYS(Signature.of(DataType.DATE, DataType.INT32), Failure.NEVER, v -> v.get(0)),
  /**
   * Months from the second time to the first, FLOAT64. A time is its date, the instant, and the
   * first instant of its date. Without fraction between equal days or ends of months, else with 31
   * days a month; the last operand tells whether to round to 8 digits.
   */
  MONTHS_BETWEEN(
      Signature.of(
          DataType.FLOAT64,
          DataType.DATE,
          DataType.TIMESTAMP,
          DataType.TIMESTAMP,
          DataType.DATE,
          DataType.TIMESTAMP,
          DataType.TIMESTAMP,
          DataType.BOOLEAN),
      Failure.NEVER,
      RowTimes::monthsBetween);

  private final Definition definition;

  TimeFunction(Signature signature, Failure failure, Function<List<Object>, Object> java) {
    definition = new Definition(signature, failure, java);
  }

  /** Makes signatures that several functions have. */
  private static final class Signatures {
    private static boolean isTime(DataType type) {
      return type.kind() == Kind.TIMESTAMP || type.kind() == Kind.TIMESTAMP_NTZ;
    }

    static Signature partOfTime(DataType result) {
      return new Signature(List.of(Signatures::isTime, DataType.INT32::equals), first -> result);
    }

    @SafeVarargs
    static Signature ofTime(Predicate<DataType>... others) {
      List<Predicate<DataType>> operands = new ArrayList<>();
      operands.add(Signatures::isTime);
      for (Predicate<DataType> other : others) {
        operands.add(other);
      }
      return new Signature(operands, first -> first);
    }
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public String family() {
    return "time";
  }
}

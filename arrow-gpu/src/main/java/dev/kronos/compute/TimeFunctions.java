// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;
import static dev.kronos.compute.FunctionForms.binary;
import static dev.kronos.compute.FunctionForms.unary;

import dev.kronos.KronosException;
import dev.kronos.expression.Call;
import dev.kronos.expression.DatePart;
import dev.kronos.expression.DateRound;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.TimeFunction;
import dev.kronos.expression.TimePattern;
import dev.kronos.expression.ZonedTime;
import java.time.DayOfWeek;
import java.time.ZoneId;

/**
 * Lists functions of dates and times, by row, in the proleptic Gregorian calendar. A result is null
 * where an operand is. Timestamps with a zone become timestamps without one by {@link
 * #localTimestamp}, and have their parts then: in one kernel, where {@link Expressions} puts the
 * two together.
 */
public final class TimeFunctions {
  /** Number of the week of ISO 8601 of a date or a timestamp without zone, 1 to 53, INT64. */
  public static final ArrowFunction ISO_WEEK =
      FunctionForms.part("iso_week", DatePart.Field.WEEK_OF_YEAR);

  /** Year that the week of ISO 8601 belongs to, INT64. */
  public static final ArrowFunction ISO_YEAR =
      FunctionForms.part("iso_year", DatePart.Field.YEAR_OF_WEEK);

  /** Hour, 0 to 23, of a timestamp without zone, INT64. */
  public static final ArrowFunction HOUR = part("hour", TimeFunction.HOUR);

  /** Minute, 0 to 59, of a timestamp without zone, INT64. */
  public static final ArrowFunction MINUTE = part("minute", TimeFunction.MINUTE);

  /** Second, 0 to 59, of a timestamp without zone, INT64. */
  public static final ArrowFunction SECOND = part("second", TimeFunction.SECOND);

  /** Millisecond of the second, 0 to 999, of a timestamp without zone, INT64. */
  public static final ArrowFunction MILLISECOND =
      within("millisecond", CalendarUnit.MILLISECOND, CalendarUnit.SECOND);

  /** Microsecond of the millisecond, 0 to 999, of a timestamp without zone, INT64. */
  public static final ArrowFunction MICROSECOND =
      within("microsecond", CalendarUnit.MICROSECOND, CalendarUnit.MILLISECOND);

  /** Fraction of the second of a timestamp without zone, FLOAT64. */
  public static final ArrowFunction SUBSECOND =
      unary("subsecond", TypeGroup.CLOCKS, TimeRules::subsecond);

  /**
   * How many turns of the year lie between two dates or timestamps without zone, from the first to
   * the second, INT64.
   */
  public static final ArrowFunction YEARS_BETWEEN =
      between("years_between", TypeGroup.DATES_AND_CLOCKS, CalendarUnit.YEAR);

  /**
   * How many starts of quarters lie between two dates or timestamps without zone, from the first to
   * the second, INT64.
   */
  public static final ArrowFunction QUARTERS_BETWEEN =
      between("quarters_between", TypeGroup.DATES_AND_CLOCKS, CalendarUnit.QUARTER);

  /**
   * How many Mondays lie between two dates or timestamps without zone, from the first to the
   * second, INT64.
   */
  public static final ArrowFunction WEEKS_BETWEEN =
      between("weeks_between", TypeGroup.DATES_AND_CLOCKS, CalendarUnit.WEEK);

  /**
   * How many midnights lie between two dates or timestamps without zone, from the first to the
   * second, INT64.
   */
  public static final ArrowFunction DAYS_BETWEEN =
      between("days_between", TypeGroup.DATES_AND_CLOCKS, CalendarUnit.DAY);

  /**
   * How many starts of hours lie between two timestamps without zone, from the first to the second,
   * INT64.
   */
  public static final ArrowFunction HOURS_BETWEEN =
      between("hours_between", TypeGroup.CLOCKS, CalendarUnit.HOUR);

  /**
   * How many starts of minutes lie between two timestamps without zone, from the first to the
   * second, INT64.
   */
  public static final ArrowFunction MINUTES_BETWEEN =
      between("minutes_between", TypeGroup.CLOCKS, CalendarUnit.MINUTE);

  /**
   * How many starts of seconds lie between two timestamps without zone, from the first to the
   * second, INT64.
   */
  public static final ArrowFunction SECONDS_BETWEEN =
      between("seconds_between", TypeGroup.CLOCKS, CalendarUnit.SECOND);

  /**
   * How many starts of milliseconds lie between two timestamps without zone, from the first to the
   * second, INT64.
   */
  public static final ArrowFunction MILLISECONDS_BETWEEN =
      between("milliseconds_between", TypeGroup.CLOCKS, CalendarUnit.MILLISECOND);

  /**
   * How many microseconds lie between two timestamps without zone, from the first to the second,
   * INT64.
   */
  public static final ArrowFunction MICROSECONDS_BETWEEN =
      between("microseconds_between", TypeGroup.CLOCKS, CalendarUnit.MICROSECOND);

  /**
   * Date, or timestamp without zone, so many days, INT32, later. Dates wrap around; timestamps, or
   * days, whose microseconds are out of reach fail. Arrow adds durations instead.
   */
  public static final ArrowFunction ADD_DAYS =
      new ArrowFunction(
          "add_days",
          Shape.COUNTED,
          TypeGroup.DATES_AND_CLOCKS,
          e -> TimeRules.addDays(e.get(0), e.get(1)));

  /**
   * Date, or timestamp without zone, so many months, INT32, later: on the same day, or the last of
   * a shorter month. Fails out of reach. Arrow has no such function.
   */
  public static final ArrowFunction ADD_MONTHS =
      new ArrowFunction(
          "add_months",
          Shape.COUNTED,
          TypeGroup.DATES_AND_CLOCKS,
          e -> TimeRules.addMonths(e.get(0), e.get(1)));

  /** Last day of a date's month; fails out of reach. Arrow has no such function. */
  public static final ArrowFunction LAST_DAY =
      unary("last_day", TypeGroup.DATES, a -> new DateRound(DateRound.Boundary.LAST_DAY, a));

  private TimeFunctions() {}

  /**
   * Makes Arrow's local_timestamp: the wall clock, a timestamp without zone, at a timestamp with
   * one. Fails out of reach.
   *
   * @param zone whose clock it is; Arrow takes that of the vector's type, and so does {@link Times}
   */
  public static ArrowFunction localTimestamp(ZoneId zone) {
    return unary("local_timestamp", TypeGroup.INSTANTS, a -> ZonedTime.clock(a, zone));
  }

  /**
   * Makes Arrow's assume_timezone, of its choices with the earlier one of two instants and failure
   * where the clock was put forward: the instant of a wall clock, as a timestamp in UTC.
   *
   * @param zone whose clock it is
   */
  public static ArrowFunction assumeTimezone(ZoneId zone) {
    return unary("assume_timezone", TypeGroup.CLOCKS, a -> TimeRules.instant(a, zone));
  }

  /**
   * Makes Arrow's floor_temporal, of one unit: the start of the unit that a date or a timestamp
   * without zone lies in, of its type. Dates are whole in units below days. Fails out of reach, but
   * weeks of dates wrap around.
   */
  public static ArrowFunction floorTemporal(CalendarUnit unit) {
    return unary("floor_temporal", TypeGroup.DATES_AND_CLOCKS, a -> TimeRules.floor(unit, a));
  }

  /**
   * Makes the first date after one on a day of the week. It wraps around, and the first week of all
   * dates gives another day, as in Spark. Arrow has none.
   */
  public static ArrowFunction nextDay(DayOfWeek day) {
    int sinceThursday = Math.floorMod(day.getValue() - DayOfWeek.THURSDAY.getValue(), 7);
    return unary(
        "next_day",
        TypeGroup.DATES,
        a -> Call.of(TimeFunction.NEXT_DAY, a, FunctionForms.number(sinceThursday)));
  }

  /**
   * Makes strings of dates and timestamps without zone. Arrow's strftime has patterns of C.
   *
   * @param pattern of java.time: y, M, d, E, H, h, m, s, S, a and plain characters; y is the year
   *     that 0 and negative years have too, which java.time calls u
   * @throws KronosException.InvalidArgument when it has something else
   */
  public static ArrowFunction formatTime(String pattern) {
    TimePattern compiled = compiled(pattern, TimePattern.Use.WRITE);
    return unary(
        "format_time", TypeGroup.DATES_AND_CLOCKS, a -> compiled.write(TimeRules.clock(a)));
  }

  /**
   * Makes timestamps without zone of strings, all of each; fails where one is no such time. Arrow's
   * strptime has patterns of C.
   *
   * @param pattern of java.time, strict: y, M, d, H, m, s, S and plain characters; what it lacks is
   *     that of the start of 1970
   * @throws KronosException.InvalidArgument when it has something else
   */
  public static ArrowFunction parseTime(String pattern) {
    return parse("parse_time", pattern, ErrorMode.ANSI);
  }

  /** Makes timestamps of strings as {@link #parseTime}; null where one is no such time. */
  public static ArrowFunction parseTimeOrNull(String pattern) {
    return parse("parse_time_or_null", pattern, ErrorMode.NULL);
  }

  private static ArrowFunction parse(String name, String pattern, ErrorMode mode) {
    TimePattern compiled = compiled(pattern, TimePattern.Use.READ);
    return unary(name, TypeGroup.STRINGS, a -> compiled.read(a, mode));
  }

  private static TimePattern compiled(String pattern, TimePattern.Use use) {
    try {
      return TimePattern.compile(pattern, use);
    } catch (IllegalArgumentException e) {
      throw new KronosException.InvalidArgument(
          message("pattern is not known", "pattern", pattern), e);
    }
  }

  private static ArrowFunction part(String name, TimeFunction part) {
    return unary(name, TypeGroup.CLOCKS, a -> TimeRules.part(part, a));
  }

  private static ArrowFunction within(String name, CalendarUnit small, CalendarUnit large) {
    return unary(name, TypeGroup.CLOCKS, a -> TimeRules.within(small, large, a));
  }

  private static ArrowFunction between(String name, TypeGroup types, CalendarUnit unit) {
    return binary(name, types, (a, b) -> TimeRules.between(unit, a, b));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.compute.FunctionForms.number;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Arithmetic.Operator;
import dev.kronos.expression.Call;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.DatePart;
import dev.kronos.expression.DateRound;
import dev.kronos.expression.DateShift;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.FloatDivide;
import dev.kronos.expression.Literal;
import dev.kronos.expression.TimeFunction;
import dev.kronos.expression.ZonedTime;
import java.time.ZoneId;

/** Writes functions of dates and of timestamps without zone, wall clocks, as expressions. */
final class TimeRules {
  private static final long DAY_MICROS = CalendarUnit.DAY.micros();
  private static final int QUARTERS = 4;
  private static final int WEEK_DAYS = 7;

  private TimeRules() {}

  static Expression wide(Expression integer) {
    return new Cast(integer, DataType.INT64, ErrorMode.ANSI);
  }

  private static Literal wide(long value) {
    return new Literal(DataType.INT64, value);
  }

  private static boolean isDate(Expression time) {
    return time.type().equals(DataType.DATE);
  }

  /** Returns the date of a wall clock, or a date itself. */
  static Expression date(Expression time) {
    return isDate(time) ? time : new Cast(time, DataType.DATE, ErrorMode.ANSI);
  }

  static Expression clock(Expression time) {
    return isDate(time) ? new Cast(time, DataType.TIMESTAMP_NTZ, ErrorMode.ANSI) : time;
  }

  /** Returns an hour, a minute or a second. */
  static Expression part(TimeFunction part, Expression clock) {
    return wide(Call.of(part, clock, number(0)));
  }

  /** Returns how many of a smaller unit have passed since the start of a larger one. */
  static Expression within(CalendarUnit small, CalendarUnit large, Expression clock) {
    Expression started =
        int64(
            Operator.MULTIPLY, units(clock, large.micros()), wide(large.micros() / small.micros()));
    return int64(Operator.SUBTRACT, units(clock, small.micros()), started);
  }

  static Expression subsecond(Expression clock) {
    Expression micros = within(CalendarUnit.MICROSECOND, CalendarUnit.SECOND, clock);
    return new FloatDivide(
        new Cast(micros, DataType.FLOAT64, ErrorMode.ANSI),
        new Literal(DataType.FLOAT64, (double) CalendarUnit.SECOND.micros()));
  }

  private static Expression int64(Operator operator, Expression a, Expression b) {
    return new Arithmetic(operator, a, b, DataType.INT64, ErrorMode.WRAP);
  }

  private static Expression units(Expression clock, long micros) {
    Expression instant = new Cast(clock, DataType.TIMESTAMP, ErrorMode.ANSI);
    return Call.of(TimeFunction.UNITS, instant, wide(micros));
  }

  static Expression floor(CalendarUnit unit, Expression time) {
    if (unit.isOfCalendar()) {
      Expression start = new DateRound(unit.boundary(), date(time));
      return isDate(time) ? start : clock(start);
    }
    return isDate(time)
        ? time
        : Call.of(TimeFunction.TRUNCATE, time, number(0), wide(unit.micros()));
  }

  /** Returns how many starts of a unit lie between two times, from the first to the second. */
  static Expression between(CalendarUnit unit, Expression from, Expression to) {
    Expression difference = int64(Operator.SUBTRACT, count(unit, to), count(unit, from));
    return unit == CalendarUnit.WEEK
        ? int64(Operator.INTEGRAL_DIVIDE, difference, wide(WEEK_DAYS))
        : difference;
  }

  /** Weeks are counted in days of their Mondays. */
  private static Expression count(CalendarUnit unit, Expression time) {
    return switch (unit) {
      case YEAR -> year(time);
      case QUARTER ->
          int64(
              Operator.ADD,
              int64(Operator.MULTIPLY, year(time), wide(QUARTERS)),
              wide(new DatePart(DatePart.Field.QUARTER, date(time))));
      case WEEK -> days(new DateRound(DateRound.Boundary.WEEK, date(time)));
      case DAY -> days(date(time));
      default -> units(time, unit.micros());
    };
  }

  private static Expression year(Expression time) {
    return wide(new DatePart(DatePart.Field.YEAR, date(time)));
  }

  private static Expression days(Expression date) {
    return wide(Call.of(TimeFunction.DAYS, date));
  }

  static Expression addDays(Expression time, Expression days) {
    if (isDate(time)) {
      return new DateShift(DateShift.Operator.ADD_DAYS, time, days);
    }
    Expression micros =
        new Arithmetic(
            Operator.MULTIPLY, wide(days), wide(DAY_MICROS), DataType.INT64, ErrorMode.ANSI);
    return Call.of(TimeFunction.ADD_MICROS, time, micros);
  }

  static Expression addMonths(Expression time, Expression months) {
    return isDate(time)
        ? new DateShift(DateShift.Operator.ADD_MONTHS, time, months)
        : Call.of(TimeFunction.ADD_MONTHS, time, months);
  }

  /** Returns the instant of a wall clock, the earlier of two; fails in the gap of a clock. */
  static Expression instant(Expression clock, ZoneId zone) {
    Expression instant = ZonedTime.instant(clock, zone);
    if (zone.getRules().isFixedOffset()) {
      return instant;
    }
    Expression gap = new Comparison(Comparison.Operator.NE, ZonedTime.clock(instant, zone), clock);
    Expression failure = Call.of(TimeFunction.OF_UNITS, CastRules.failure(), wide(1));
    return MathRules.choice(gap, failure, instant);
  }
}

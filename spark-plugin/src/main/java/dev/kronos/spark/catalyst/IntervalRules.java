// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Arithmetic.Operator;
import dev.kronos.expression.Call;
import dev.kronos.expression.Cast;
import dev.kronos.expression.DateShift;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.MakeDecimal;
import dev.kronos.expression.TimeFunction;
import dev.kronos.expression.UnscaledValue;
import dev.kronos.expression.ZonedTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalDays;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalHours;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalMinutes;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalMonths;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalSeconds;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalYears;
import org.apache.spark.sql.catalyst.expressions.MakeDTInterval;
import org.apache.spark.sql.catalyst.expressions.MakeYMInterval;
import org.apache.spark.sql.catalyst.expressions.SubtractDates;
import org.apache.spark.sql.catalyst.expressions.SubtractTimestamps;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * Translates functions of intervals, which are INT32 months or INT64 microseconds here. All are put
 * together of arithmetic that fails where Spark's does.
 */
final class IntervalRules {
  /** A difference is one of months, days and microseconds at once. */
  static final Restriction LEGACY =
      new Restriction(
          "calendar interval is not supported", "spark.sql.legacy.interval.enabled is set");

  private static final long MONTHS_PER_YEAR = 12;
  private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);
  private static final long MICROS_PER_HOUR = TimeUnit.HOURS.toMicros(1);
  private static final long MICROS_PER_MINUTE = TimeUnit.MINUTES.toMicros(1);

  /** Microseconds of the last fields of intervals, by Spark's number; those of seconds are kept. */
  private static final List<Long> UNITS =
      List.of(MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, 1L);

  private static final DataType SECONDS = DataType.decimal(8, 6);

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              SubtractDates.class,
              Coverage.of("date - date", TypeSet.DATE, LEGACY),
              IntervalRules::betweenDates),
          new ExpressionRule<>(
              SubtractTimestamps.class,
              Coverage.of("timestamp - timestamp", TypeSet.TIMES, LEGACY),
              IntervalRules::betweenTimes),
          new ExpressionRule<>(
              MakeYMInterval.class,
              Coverage.of("make_ym_interval(a, b)", TypeSet.INT),
              (e, t) -> months(t.require(e.years()), t.require(e.months()))),
          new ExpressionRule<>(
              MakeDTInterval.class,
              Coverage.of("make_dt_interval(a, b, c, d)", TypeSet.INT),
              (e, t) ->
                  Call.of(
                      TimeFunction.SPAN,
                      t.require(e.days()),
                      t.require(e.hours()),
                      t.require(e.mins()),
                      new UnscaledValue(t.require(e.secs())))),
          part(
              ExtractANSIIntervalYears.class,
              "extract(YEAR FROM interval)",
              new Part(Long.MAX_VALUE, MONTHS_PER_YEAR, DataType.INT32)),
          part(
              ExtractANSIIntervalMonths.class,
              "extract(MONTH FROM interval)",
              new Part(MONTHS_PER_YEAR, 1, DataType.INT8)),
          part(
              ExtractANSIIntervalDays.class,
              "extract(DAY FROM interval)",
              new Part(Long.MAX_VALUE, MICROS_PER_DAY, DataType.INT32)),
          part(
              ExtractANSIIntervalHours.class,
              "extract(HOUR FROM interval)",
              new Part(MICROS_PER_DAY, MICROS_PER_HOUR, DataType.INT8)),
          part(
              ExtractANSIIntervalMinutes.class,
              "extract(MINUTE FROM interval)",
              new Part(MICROS_PER_HOUR, MICROS_PER_MINUTE, DataType.INT8)),
          part(
              ExtractANSIIntervalSeconds.class,
              "extract(SECOND FROM interval)",
              new Part(MICROS_PER_MINUTE, 1, SECONDS)));

  /**
   * Names a field of an interval: what is left of it by a larger unit, in units of its own, both
   * rounded toward zero; decimals are of the number that their digits are.
   *
   * @param larger the larger unit, the largest number where there is none
   * @param unit the unit, a divisor of {@code larger}
   * @param type the type of the field
   */
  private record Part(long larger, long unit, DataType type) {
    Expression of(Expression interval) {
      Expression all = wide(interval);
      Expression rest =
          larger == Long.MAX_VALUE ? all : int64(Operator.REMAINDER, all, TimeRules.wide(larger));
      Expression units =
          unit == 1 ? rest : int64(Operator.INTEGRAL_DIVIDE, rest, TimeRules.wide(unit));
      return type.isDecimal()
          ? new MakeDecimal(units, type, ErrorMode.ANSI)
          : new Cast(units, type, ErrorMode.ANSI);
    }
  }

  private IntervalRules() {}

  private static <E extends UnaryExpression> ExpressionRule<E> part(
      Class<E> sparkClass, String sql, Part part) {
    return new ExpressionRule<>(
        sparkClass, Coverage.of(sql, TypeSet.INTERVALS), (e, t) -> part.of(t.require(e.child())));
  }

  private static Expression betweenDates(SubtractDates e, ExpressionTranslator t) {
    if (e.legacyInterval()) {
      throw LEGACY.refusal(e.sql());
    }
    Expression days =
        new DateShift(DateShift.Operator.DIFFERENCE, t.require(e.left()), t.require(e.right()));
    return int64(Operator.MULTIPLY, wide(days), TimeRules.wide(MICROS_PER_DAY));
  }

  private static Expression betweenTimes(SubtractTimestamps e, ExpressionTranslator t) {
    if (e.legacyInterval()) {
      throw LEGACY.refusal(e.sql());
    }
    ZoneId zone = Zones.of(e);
    return int64(
        Operator.SUBTRACT, clock(t.require(e.left()), zone), clock(t.require(e.right()), zone));
  }

  /** Returns the microseconds of a time on the wall clock. */
  private static Expression clock(Expression time, ZoneId zone) {
    Expression clock =
        time.type().equals(DataType.TIMESTAMP_NTZ) ? time : ZonedTime.clock(time, zone);
    Expression instant = new Cast(clock, DataType.TIMESTAMP, ErrorMode.ANSI);
    return Call.of(TimeFunction.UNITS, instant, TimeRules.wide(1));
  }

  private static Expression months(Expression years, Expression months) {
    Expression inYears = int64(Operator.MULTIPLY, wide(years), TimeRules.wide(MONTHS_PER_YEAR));
    return new Cast(int64(Operator.ADD, inYears, wide(months)), DataType.INT32, ErrorMode.ANSI);
  }

  /**
   * Converts an interval to other fields, cutting off smaller ones than the last of those, or
   * writes it.
   */
  static Expression cast(
      Expression value,
      org.apache.spark.sql.types.DataType from,
      org.apache.spark.sql.types.DataType to) {
    if (DataTypes.StringType.equals(to)) {
      return from instanceof YearMonthIntervalType months
          ? IntervalText.of(value, months)
          : IntervalText.of(value, (DayTimeIntervalType) from);
    }
    if (from instanceof YearMonthIntervalType && to instanceof YearMonthIntervalType months) {
      long unit = months.endField() == YearMonthIntervalType.YEAR() ? MONTHS_PER_YEAR : 1;
      return unit == 1 ? value : new Cast(cut(wide(value), unit), DataType.INT32, ErrorMode.ANSI);
    }
    if (from instanceof DayTimeIntervalType && to instanceof DayTimeIntervalType time) {
      long unit = UNITS.get((int) time.endField());
      return unit == 1 ? value : cut(value, unit);
    }
    throw CastRules.UNSUPPORTED.refusal(
        "from=" + from.catalogString() + " to=" + to.catalogString());
  }

  private static Expression cut(Expression value, long unit) {
    return int64(Operator.SUBTRACT, value, int64(Operator.REMAINDER, value, TimeRules.wide(unit)));
  }

  /** Moves a time by an interval of days and times: whole days on the wall clock, then the rest. */
  static Expression later(Expression time, Expression micros, ZoneId zone) {
    Expression rest = int64(Operator.REMAINDER, micros, TimeRules.wide(MICROS_PER_DAY));
    Expression days = int64(Operator.SUBTRACT, micros, rest);
    return Call.of(TimeFunction.ADD_MICROS, TimeRules.daysLater(time, days, zone), rest);
  }

  private static Expression wide(Expression number) {
    return number.type().equals(DataType.INT64)
        ? number
        : new Cast(number, DataType.INT64, ErrorMode.ANSI);
  }

  private static Expression int64(Operator operator, Expression left, Expression right) {
    return new Arithmetic(operator, left, right, DataType.INT64, ErrorMode.ANSI);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Literal;
import dev.kronos.expression.TimeFunction;
import dev.kronos.expression.ZonedTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.expressions.BinaryExpression;
import org.apache.spark.sql.catalyst.expressions.ConvertTimezone;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FromUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.Hour;
import org.apache.spark.sql.catalyst.expressions.MicrosToTimestamp;
import org.apache.spark.sql.catalyst.expressions.MillisToTimestamp;
import org.apache.spark.sql.catalyst.expressions.Minute;
import org.apache.spark.sql.catalyst.expressions.MonthsBetween;
import org.apache.spark.sql.catalyst.expressions.Second;
import org.apache.spark.sql.catalyst.expressions.SecondWithFraction;
import org.apache.spark.sql.catalyst.expressions.SecondsToTimestamp;
import org.apache.spark.sql.catalyst.expressions.TimeZoneAwareExpression;
import org.apache.spark.sql.catalyst.expressions.TimestampAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.ToUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.TruncTimestamp;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.catalyst.expressions.UnixMicros;
import org.apache.spark.sql.catalyst.expressions.UnixMillis;
import org.apache.spark.sql.catalyst.expressions.UnixSeconds;

/** Translates functions of timestamps. */
final class TimeRules {
  static final Restriction ZONE =
      new Restriction("time zone is not supported", "it is not a constant name of one");
  static final Restriction INTERVAL =
      new Restriction(
          "interval is not supported", "it is of months, days and microseconds at once");

  private static final long MICROS_PER_SECOND = TimeUnit.SECONDS.toMicros(1);
  private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);

  static final List<ExpressionRule<?>> RULES =
      List.of(
          part(Hour.class, "hour(a)", TimeFunction.HOUR),
          part(Minute.class, "minute(a)", TimeFunction.MINUTE),
          part(Second.class, "second(a)", TimeFunction.SECOND),
          part(SecondWithFraction.class, "extract(SECOND FROM a)", TimeFunction.SECOND_FRACTION),
          units(UnixSeconds.class, "unix_seconds(a)", MICROS_PER_SECOND),
          units(UnixMillis.class, "unix_millis(a)", TimeUnit.MILLISECONDS.toMicros(1)),
          units(UnixMicros.class, "unix_micros(a)", 1),
          ofUnits(SecondsToTimestamp.class, "timestamp_seconds(a)", MICROS_PER_SECOND),
          ofUnits(
              MillisToTimestamp.class, "timestamp_millis(a)", TimeUnit.MILLISECONDS.toMicros(1)),
          ofUnits(MicrosToTimestamp.class, "timestamp_micros(a)", 1),
          new ExpressionRule<>(
              TruncTimestamp.class,
              Coverage.of("date_trunc('hour', a)", TypeSet.TIMESTAMP, TimeTruncation.UNIT),
              TimeTruncation::translate,
              1),
          new ExpressionRule<>(
              MonthsBetween.class,
              Coverage.of("months_between(a, b)", TypeSet.TIMESTAMP),
              TimeRules::monthsBetween),
          new ExpressionRule<>(
              FromUTCTimestamp.class,
              Coverage.of("from_utc_timestamp(a, 'zone')", TypeSet.TIMESTAMP, ZONE),
              (e, t) -> asInstant(ZonedTime.clock(t.require(e.left()), zone(e.right())))),
          new ExpressionRule<>(
              ToUTCTimestamp.class,
              Coverage.of("to_utc_timestamp(a, 'zone')", TypeSet.TIMESTAMP, ZONE),
              (e, t) -> ZonedTime.instant(asClock(t.require(e.left())), zone(e.right()))),
          new ExpressionRule<>(
              ConvertTimezone.class,
              Coverage.of("convert_timezone('zone', 'zone', a)", TypeSet.CLOCKS, ZONE),
              (e, t) ->
                  ZonedTime.clock(
                      ZonedTime.instant(t.require(e.sourceTs()), zone(e.sourceTz())),
                      zone(e.targetTz())),
              2),
          addition(SparkShim.timestampAddition()),
          new ExpressionRule<>(
              TimestampAddYMInterval.class,
              Coverage.of("a + INTERVAL '1' MONTH", TypeSet.TIMES),
              TimeRules::addMonths));

  private TimeRules() {}

  private static <E extends UnaryExpression> ExpressionRule<E> part(
      Class<E> sparkClass, String sql, TimeFunction function) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.TIMES),
        (e, t) -> {
          dev.kronos.expression.Expression time = t.require(e.child());
          ZoneId zone = Zones.of((TimeZoneAwareExpression) (Expression) e);
          return Call.of(function, time, ZonedTime.offset(time, zone));
        });
  }

  private static <E extends UnaryExpression> ExpressionRule<E> units(
      Class<E> sparkClass, String sql, long micros) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.TIMESTAMP),
        (e, t) -> Call.of(TimeFunction.UNITS, t.require(e.child()), wide(micros)));
  }

  private static <E extends UnaryExpression> ExpressionRule<E> ofUnits(
      Class<E> sparkClass, String sql, long micros) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.INTEGERS),
        (e, t) -> Call.of(TimeFunction.OF_UNITS, wide(t.require(e.child())), wide(micros)));
  }

  static Literal wide(long value) {
    return new Literal(DataType.INT64, value);
  }

  private static dev.kronos.expression.Expression wide(dev.kronos.expression.Expression number) {
    return number.type().equals(DataType.INT64)
        ? number
        : new Cast(number, DataType.INT64, ErrorMode.ANSI);
  }

  /** Takes the microseconds of an instant for those of a wall clock. */
  static dev.kronos.expression.Expression asClock(dev.kronos.expression.Expression time) {
    return time.type().equals(DataType.TIMESTAMP_NTZ)
        ? time
        : new Cast(time, DataType.TIMESTAMP_NTZ, ErrorMode.ANSI);
  }

  private static dev.kronos.expression.Expression asInstant(
      dev.kronos.expression.Expression clock) {
    return new Cast(clock, DataType.TIMESTAMP, ErrorMode.ANSI);
  }

  /** Returns the zone of a constant name. */
  static ZoneId zone(Expression name) {
    if (name instanceof org.apache.spark.sql.catalyst.expressions.Literal literal
        && literal.value() != null) {
      try {
        return Zones.named(literal.value().toString());
      } catch (RuntimeException e) {
        // Spark's own error is raised where a row asks for it.
        throw ZONE.refusal("zone=" + name);
      }
    }
    throw ZONE.refusal("zone=" + name);
  }

  private static dev.kronos.expression.Expression monthsBetween(
      MonthsBetween e, ExpressionTranslator t) {
    ZoneId zone = Zones.of(e);
    dev.kronos.expression.Expression first = t.require(e.first());
    dev.kronos.expression.Expression second = t.require(e.second());
    dev.kronos.expression.Expression firstDate = ZonedTime.date(first, zone);
    dev.kronos.expression.Expression secondDate = ZonedTime.date(second, zone);
    return Call.of(
        TimeFunction.MONTHS_BETWEEN,
        firstDate,
        first,
        ZonedTime.startOfDay(firstDate, zone),
        secondDate,
        second,
        ZonedTime.startOfDay(secondDate, zone),
        t.require(e.third()));
  }

  private static <E extends BinaryExpression> ExpressionRule<E> addition(Class<E> sparkClass) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of("a + INTERVAL '1' HOUR", TypeSet.TIMES, INTERVAL),
        TimeRules::addTime);
  }

  private static dev.kronos.expression.Expression addTime(
      BinaryExpression e, ExpressionTranslator t) {
    Expression interval = e.children().apply(1);
    if (!TypeTranslator.isInterval(interval.dataType())) {
      throw INTERVAL.refusal("interval=" + interval);
    }
    dev.kronos.expression.Expression time = t.require(e.children().apply(0));
    dev.kronos.expression.Expression micros = t.require(interval);
    ZoneId zone = Zones.of((TimeZoneAwareExpression) (Expression) e);
    return micros instanceof Literal literal && literal.value() != null
        ? later(time, (Long) literal.value(), zone)
        : IntervalRules.later(time, micros, zone);
  }

  /** Moves a time by microseconds: whole days on the wall clock, the rest after that. */
  static dev.kronos.expression.Expression later(
      dev.kronos.expression.Expression time, long micros, ZoneId zone) {
    long days = micros / MICROS_PER_DAY * MICROS_PER_DAY;
    if (days == 0 || !changes(time, zone)) {
      return Call.of(TimeFunction.ADD_MICROS, time, wide(micros));
    }
    dev.kronos.expression.Expression moved = daysLater(time, wide(days), zone);
    return micros == days ? moved : Call.of(TimeFunction.ADD_MICROS, moved, wide(micros - days));
  }

  /** Tells whether a day on the wall clock may be longer or shorter than others. */
  private static boolean changes(dev.kronos.expression.Expression time, ZoneId zone) {
    return time.type().equals(DataType.TIMESTAMP) && !zone.getRules().isFixedOffset();
  }

  /** Moves a time by whole days, given in microseconds, on the wall clock. */
  static dev.kronos.expression.Expression daysLater(
      dev.kronos.expression.Expression time, dev.kronos.expression.Expression micros, ZoneId zone) {
    if (!changes(time, zone)) {
      return Call.of(TimeFunction.ADD_MICROS, time, micros);
    }
    dev.kronos.expression.Expression clock =
        Call.of(TimeFunction.ADD_MICROS, ZonedTime.clock(time, zone), micros);
    return ZonedTime.instant(clock, ZonedTime.offset(time, zone), zone);
  }

  private static dev.kronos.expression.Expression addMonths(
      TimestampAddYMInterval e, ExpressionTranslator t) {
    return monthsLater(t.require(e.timestamp()), t.require(e.interval()), Zones.of(e));
  }

  /** Moves a time by months on the wall clock. */
  static dev.kronos.expression.Expression monthsLater(
      dev.kronos.expression.Expression time, int count, ZoneId zone) {
    return monthsLater(time, new Literal(DataType.INT32, count), zone);
  }

  /** Moves a time by months, INT32, on the wall clock. */
  static dev.kronos.expression.Expression monthsLater(
      dev.kronos.expression.Expression time, dev.kronos.expression.Expression months, ZoneId zone) {
    if (time.type().equals(DataType.TIMESTAMP_NTZ)) {
      return Call.of(TimeFunction.ADD_MONTHS, time, months);
    }
    dev.kronos.expression.Expression clock =
        Call.of(TimeFunction.ADD_MONTHS, ZonedTime.clock(time, zone), months);
    return ZonedTime.instant(clock, ZonedTime.offset(time, zone), zone);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.DateRound;
import dev.kronos.expression.DateRound.Boundary;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.TimeFunction;
import dev.kronos.expression.ZonedTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.TruncTimestamp;

/** Translates the truncation of timestamps to units of time and of the calendar. */
final class TimeTruncation {
  static final Restriction UNIT =
      new Restriction("unit is not supported", "it is not a constant name of one");

  /** Units of which every offset is a whole number, so that the zone does not matter. */
  private static final Map<String, ChronoUnit> FINE =
      Map.of(
          "MICROSECOND", ChronoUnit.MICROS,
          "MILLISECOND", ChronoUnit.MILLIS,
          "SECOND", ChronoUnit.SECONDS);

  private static final Map<String, ChronoUnit> ON_CLOCK =
      Map.of(
          "MINUTE", ChronoUnit.MINUTES,
          "HOUR", ChronoUnit.HOURS,
          "DAY", ChronoUnit.DAYS,
          "DD", ChronoUnit.DAYS);

  private TimeTruncation() {}

  static Expression translate(TruncTimestamp e, ExpressionTranslator t) {
    String unit = unit(e);
    Expression time = t.require(e.timestamp());
    ZoneId zone = Zones.of(e);
    if (FINE.containsKey(unit)) {
      return truncated(time, new Literal(DataType.INT32, 0), FINE.get(unit));
    }
    if (ON_CLOCK.containsKey(unit)) {
      return onClock(time, zone, ON_CLOCK.get(unit));
    }
    Boundary boundary = DateRules.PERIODS.get(unit);
    if (boundary == null) {
      throw UNIT.refusal("unit=" + unit);
    }
    return ZonedTime.startOfDay(new DateRound(boundary, ZonedTime.date(time, zone)), zone);
  }

  private static String unit(TruncTimestamp e) {
    if (e.format() instanceof org.apache.spark.sql.catalyst.expressions.Literal literal
        && literal.value() != null) {
      return literal.value().toString().toUpperCase(Locale.ROOT);
    }
    throw UNIT.refusal("unit=" + e.format());
  }

  private static Expression truncated(Expression time, Expression offset, ChronoUnit unit) {
    long micros = unit.getDuration().toNanos() / ChronoUnit.MICROS.getDuration().toNanos();
    return Call.of(TimeFunction.TRUNCATE, time, offset, TimeRules.wide(micros));
  }

  /** Where offsets change the wall clock is cut, and its instant has the same offset if it can. */
  private static Expression onClock(Expression time, ZoneId zone, ChronoUnit unit) {
    Expression offset = ZonedTime.offset(time, zone);
    if (zone.getRules().isFixedOffset()) {
      return truncated(time, offset, unit);
    }
    Expression clock = truncated(ZonedTime.clock(time, zone), new Literal(DataType.INT32, 0), unit);
    return ZonedTime.instant(clock, offset, zone);
  }
}

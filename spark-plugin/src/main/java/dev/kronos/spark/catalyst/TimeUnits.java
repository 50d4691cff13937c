// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Call;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.FormatFunction;
import dev.kronos.expression.TimeFunction;
import dev.kronos.expression.ZonedTime;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.TimestampAdd;
import org.apache.spark.sql.catalyst.expressions.TimestampDiff;

/** Translates times moved by units, and the units between them. */
final class TimeUnits {
  static final Restriction UNIT =
      new Restriction("unit is not supported", "it is not the name of one");
  static final Restriction QUANTITY =
      new Restriction("quantity is not supported", "it is a constant that is far away");

  /** Units that move the wall clock, not the instant. */
  private static final Set<String> DAYS = Set.of("DAY", "DAYOFYEAR", "WEEK");

  private static final Map<String, Duration> FIXED =
      Map.of(
          "MICROSECOND", ChronoUnit.MICROS.getDuration(),
          "MILLISECOND", ChronoUnit.MILLIS.getDuration(),
          "SECOND", ChronoUnit.SECONDS.getDuration(),
          "MINUTE", ChronoUnit.MINUTES.getDuration(),
          "HOUR", ChronoUnit.HOURS.getDuration(),
          "DAY", ChronoUnit.DAYS.getDuration(),
          "DAYOFYEAR", ChronoUnit.DAYS.getDuration(),
          "WEEK", ChronoUnit.WEEKS.getDuration());
  private static final Map<String, Integer> MONTHS = Map.of("MONTH", 1, "QUARTER", 3, "YEAR", 12);

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              TimestampAdd.class,
              Coverage.of("timestampadd(HOUR, 1, a)", TypeSet.TIMES, UNIT, QUANTITY),
              TimeUnits::add,
              1),
          new ExpressionRule<>(
              TimestampDiff.class,
              Coverage.of("timestampdiff(HOUR, a, b)", TypeSet.TIMESTAMP, UNIT),
              TimeUnits::between));

  private TimeUnits() {}

  private static Expression add(TimestampAdd e, ExpressionTranslator t) {
    String unit = e.unit().toUpperCase(Locale.ROOT);
    Expression time = t.require(e.timestamp());
    ZoneId zone = Zones.of(e);
    if (!(e.quantity() instanceof Literal literal && literal.value() instanceof Number number)) {
      return add(unit, t.require(e.quantity()), time, zone);
    }
    try {
      if (FIXED.containsKey(unit)) {
        long micros = Math.multiplyExact(number.longValue(), micros(unit));
        return DAYS.contains(unit)
            ? TimeRules.later(time, micros, zone)
            : Call.of(TimeFunction.ADD_MICROS, time, TimeRules.wide(micros));
      }
      if (MONTHS.containsKey(unit)) {
        int months = Math.toIntExact(Math.multiplyExact(number.longValue(), MONTHS.get(unit)));
        return TimeRules.monthsLater(time, months, zone);
      }
    } catch (ArithmeticException far) {
      // Spark's own error is raised where a row asks for it.
      throw QUANTITY.refusal("quantity=" + e.quantity());
    }
    throw UNIT.refusal("unit=" + e.unit());
  }

  /** Moves a time by a number of units that rows bring. */
  private static Expression add(String unit, Expression quantity, Expression time, ZoneId zone) {
    if (FIXED.containsKey(unit)) {
      Expression micros = times(quantity, micros(unit));
      return DAYS.contains(unit)
          ? TimeRules.daysLater(time, micros, zone)
          : Call.of(TimeFunction.ADD_MICROS, time, micros);
    }
    if (MONTHS.containsKey(unit)) {
      Expression months = times(quantity, MONTHS.get(unit));
      return TimeRules.monthsLater(time, new Cast(months, DataType.INT32, ErrorMode.ANSI), zone);
    }
    throw UNIT.refusal("unit=" + unit);
  }

  private static Expression times(Expression quantity, long units) {
    Expression wide =
        quantity.type().equals(DataType.INT64)
            ? quantity
            : new Cast(quantity, DataType.INT64, ErrorMode.ANSI);
    return new Arithmetic(
        Arithmetic.Operator.MULTIPLY, wide, TimeRules.wide(units), DataType.INT64, ErrorMode.ANSI);
  }

  private static long micros(String unit) {
    return FIXED.get(unit).dividedBy(ChronoUnit.MICROS.getDuration());
  }

  /** On the wall clock, towards zero. */
  private static Expression between(TimestampDiff e, ExpressionTranslator t) {
    String unit = e.unit().toUpperCase(Locale.ROOT);
    ZoneId zone = Zones.of(e);
    Expression start = ZonedTime.clock(t.require(e.startTimestamp()), zone);
    Expression end = ZonedTime.clock(t.require(e.endTimestamp()), zone);
    if (FIXED.containsKey(unit)) {
      Expression micros =
          new Arithmetic(
              Arithmetic.Operator.SUBTRACT,
              count(end),
              count(start),
              DataType.INT64,
              ErrorMode.ANSI);
      return quotient(micros, micros(unit));
    }
    if (MONTHS.containsKey(unit)) {
      return quotient(Call.of(FormatFunction.MONTHS, start, end), MONTHS.get(unit));
    }
    throw UNIT.refusal("unit=" + e.unit());
  }

  private static Expression count(Expression clock) {
    Expression same = new Cast(clock, DataType.TIMESTAMP, ErrorMode.ANSI);
    return Call.of(TimeFunction.UNITS, same, TimeRules.wide(1));
  }

  private static Expression quotient(Expression number, long divisor) {
    return divisor == 1
        ? number
        : new Arithmetic(
            Arithmetic.Operator.INTEGRAL_DIVIDE,
            number,
            TimeRules.wide(divisor),
            DataType.INT64,
            ErrorMode.WRAP);
  }
}

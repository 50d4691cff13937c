// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.expression.RowError;
import dev.kronos.expression.RowErrorException;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says in plain Java what functions of dates and times give. A Long is a clock, in microseconds.
 */
final class OracleTimes {
  /** Rules for values that are not null. */
  static final Map<String, OracleRule> RULES = new HashMap<>();

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  static {
    RULES.put("iso_week", (t, v) -> date(v.get(0)).getLong(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    RULES.put("iso_year", (t, v) -> date(v.get(0)).getLong(IsoFields.WEEK_BASED_YEAR));
    part("hour", 3600 * SECOND, 24);
    part("minute", 60 * SECOND, 60);
    part("second", SECOND, 60);
    part("millisecond", 1000, 1000);
    part("microsecond", 1, 1000);
    RULES.put("subsecond", (t, v) -> Math.floorMod((Long) v.get(0), SECOND) / (double) SECOND);
    between("hours", 3600 * SECOND);
    between("minutes", 60 * SECOND);
    between("seconds", SECOND);
    between("milliseconds", 1000);
    between("microseconds", 1);
    RULES.put(
        "years_between", (t, v) -> (long) date(v.get(1)).getYear() - date(v.get(0)).getYear());
    RULES.put("quarters_between", (t, v) -> quarter(v.get(1)) - quarter(v.get(0)));
    RULES.put("weeks_between", (t, v) -> (monday(v.get(1)) - monday(v.get(0))) / 7);
    RULES.put("days_between", (t, v) -> date(v.get(1)).toEpochDay() - date(v.get(0)).toEpochDay());
    RULES.put("add_days", (t, v) -> addDays(v));
    RULES.put(
        "add_months",
        (t, v) -> onDay(v.get(0), date(v.get(0)).plusMonths((Integer) v.get(1)).toEpochDay()));
    RULES.put(
        "last_day",
        (t, v) ->
            onDay(v.get(0), date(v.get(0)).with(TemporalAdjusters.lastDayOfMonth()).toEpochDay()));
  }

  private OracleTimes() {}

  private static void part(String name, long micros, long count) {
    RULES.put(name, (t, v) -> Math.floorMod(Math.floorDiv((Long) v.get(0), micros), count));
  }

  private static void between(String name, long micros) {
    RULES.put(
        name + "_between",
        (t, v) -> Math.floorDiv((Long) v.get(1), micros) - Math.floorDiv((Long) v.get(0), micros));
  }

  static LocalDate date(Object time) {
    return LocalDate.ofEpochDay(
        time instanceof Long micros ? Math.floorDiv(micros, DAY) : (Integer) time);
  }

  static LocalDateTime clock(Object time) {
    if (time instanceof Long micros) {
      long nanos = Math.floorMod(micros, SECOND) * 1000;
      return LocalDateTime.ofEpochSecond(
          Math.floorDiv(micros, SECOND), (int) nanos, ZoneOffset.UTC);
    }
    micros(big((Integer) time).multiply(big(DAY)));
    return date(time).atStartOfDay();
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  /** Returns a time that fits; fails for another. */
  private static long micros(BigInteger micros) {
    if (micros.bitLength() >= Long.SIZE) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    return micros.longValue();
  }

  private static long quarter(Object time) {
    return 4L * date(time).getYear() + date(time).get(IsoFields.QUARTER_OF_YEAR);
  }

  /** Wraps around, as days do that no date reaches. */
  private static long monday(Object time) {
    long day = date(time).toEpochDay();
    return (int) (day - Math.floorMod(day + 3, 7));
  }

  private static Object addDays(List<Object> v) {
    int days = (Integer) v.get(1);
    return v.get(0) instanceof Long micros
        ? (Object) micros(big(micros(big(days).multiply(big(DAY)))).add(big(micros)))
        : (Object) ((Integer) v.get(0) + days);
  }

  /** Returns a time moved to another day, of its type; fails out of reach. */
  private static Object onDay(Object time, long day) {
    if (time instanceof Long micros) {
      return micros(big(day).multiply(big(DAY)).add(big(Math.floorMod(micros, DAY))));
    }
    if (day != (int) day) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    return (int) day;
  }

  /** Counts in 32 bits, as Spark does, so that the least dates give another day. */
  static int nextDay(int date, DayOfWeek day) {
    int sinceThursday = Math.floorMod(day.getValue() - 4, 7);
    return date + 1 + Math.floorMod(sinceThursday - 1 - date, 7);
  }

  static Object floor(CalendarUnit unit, Object time) {
    LocalDate date = date(time);
    LocalDate start =
        switch (unit) {
          case YEAR -> date.withDayOfYear(1);
          case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1);
          case MONTH -> date.withDayOfMonth(1);
          case WEEK -> LocalDate.ofEpochDay(monday(time));
          default -> date;
        };
    if (time instanceof Long micros) {
      ChronoUnit fine = fine(unit);
      long rest = Math.floorMod(micros, fine.getDuration().toNanos() / 1000);
      return unit.compareTo(CalendarUnit.DAY) < 0
          ? micros(big(start.toEpochDay()).multiply(big(DAY)))
          : micros(big(micros).subtract(big(rest)));
    }
    return onDay(time, start.toEpochDay());
  }

  private static ChronoUnit fine(CalendarUnit unit) {
    return switch (unit) {
      case HOUR -> ChronoUnit.HOURS;
      case MINUTE -> ChronoUnit.MINUTES;
      case SECOND -> ChronoUnit.SECONDS;
      case MILLISECOND -> ChronoUnit.MILLIS;
      case MICROSECOND -> ChronoUnit.MICROS;
      default -> ChronoUnit.DAYS;
    };
  }

  static long local(Object instant, ZoneId zone) {
    long micros = (Long) instant;
    Instant at = Instant.ofEpochSecond(Math.floorDiv(micros, SECOND));
    return micros(big(micros).add(big(zone.getRules().getOffset(at).getTotalSeconds() * SECOND)));
  }

  static long instant(Object clock, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(clock(clock));
    if (offsets.isEmpty()) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    return micros(big((Long) clock).subtract(big(offsets.get(0).getTotalSeconds() * SECOND)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Functions of times on non-null values, in Java; {@link TimeFunction} says what they do. */
final class RowTimes {
  private static final long MICROS_PER_SECOND = TimeUnit.SECONDS.toMicros(1);
  private static final long MICROS_PER_MINUTE = TimeUnit.MINUTES.toMicros(1);
  private static final long MICROS_PER_HOUR = TimeUnit.HOURS.toMicros(1);
  private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);
  private static final long SECONDS_PER_DAY = TimeUnit.DAYS.toSeconds(1);
  private static final int DAYS_PER_WEEK = 7;
  private static final double ROUNDED = 1e8;

  private RowTimes() {}

  private static long longAt(List<Object> v, int index) {
    return (Long) v.get(index);
  }

  private static int intAt(List<Object> v, int index) {
    return (Integer) v.get(index);
  }

  /** Puts the row in error where a result is no 64-bit integer. */
  private static long checked(LongSupplier exact) {
    try {
      return exact.getAsLong();
    } catch (ArithmeticException e) {
      RowErrorException error = new RowErrorException(RowError.OVERFLOW);
      error.initCause(e);
      throw error;
    }
  }

  /** Microseconds since midnight. */
  private static long timeOfDay(List<Object> v) {
    long rest = Math.floorMod(longAt(v, 0), MICROS_PER_DAY);
    return Math.floorMod(rest + intAt(v, 1) * MICROS_PER_SECOND, MICROS_PER_DAY);
  }

  static Object hour(List<Object> v) {
    return (int) (timeOfDay(v) / MICROS_PER_HOUR);
  }

  static Object minute(List<Object> v) {
    return (int) (timeOfDay(v) % MICROS_PER_HOUR / MICROS_PER_MINUTE);
  }

  static Object second(List<Object> v) {
    return (int) (timeOfDay(v) % MICROS_PER_MINUTE / MICROS_PER_SECOND);
  }

  static Object secondFraction(List<Object> v) {
    return BigInteger.valueOf(timeOfDay(v) % MICROS_PER_MINUTE);
  }

  static Object date(List<Object> v) {
    BigInteger local =
        BigInteger.valueOf(longAt(v, 0)).add(BigInteger.valueOf(intAt(v, 1) * MICROS_PER_SECOND));
    BigInteger day = BigInteger.valueOf(MICROS_PER_DAY);
    return local.subtract(local.mod(day)).divide(day).intValueExact();
  }

  static Object wallClock(List<Object> v) {
    return checked(() -> Math.addExact(longAt(v, 0), intAt(v, 1) * MICROS_PER_SECOND));
  }

  static Object instant(List<Object> v) {
    return checked(() -> Math.subtractExact(longAt(v, 0), intAt(v, 1) * MICROS_PER_SECOND));
  }

  static Object truncate(List<Object> v) {
    return checked(() -> Math.subtractExact(longAt(v, 0), timeOfDay(v) % longAt(v, 2)));
  }

  static Object addMicros(List<Object> v) {
    return checked(() -> Math.addExact(longAt(v, 0), longAt(v, 1)));
  }

  static Object addMonths(List<Object> v) {
    long rest = Math.floorMod(longAt(v, 0), MICROS_PER_DAY);
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(longAt(v, 0), MICROS_PER_DAY));
    long seconds = date.plusMonths(intAt(v, 1)).toEpochDay() * SECONDS_PER_DAY;
    return checked(() -> exactMicros(seconds + rest / MICROS_PER_SECOND, rest % MICROS_PER_SECOND));
  }

  /** Adds a fraction of a second before it can overflow, for the first second of all. */
  private static long exactMicros(long seconds, long micros) {
    return BigInteger.valueOf(seconds)
        .multiply(BigInteger.valueOf(MICROS_PER_SECOND))
        .add(BigInteger.valueOf(micros))
        .longValueExact();
  }

  static Object units(List<Object> v) {
    return Math.floorDiv(longAt(v, 0), longAt(v, 1));
  }

  static Object ofUnits(List<Object> v) {
    return checked(() -> Math.multiplyExact(longAt(v, 0), longAt(v, 1)));
  }

  static Object offsetAt(List<Object> v) {
    long seconds = Math.floorDiv(longAt(v, 0), MICROS_PER_SECOND);
    return ZoneTable.of((Utf8) v.get(1)).offsetAt(seconds);
  }

  static Object instantInZone(List<Object> v) {
    long seconds = Math.floorDiv(longAt(v, 0), MICROS_PER_SECOND);
    int offset = ZoneTable.of((Utf8) v.get(2)).offsetOfClock(seconds, intAt(v, 1));
    return checked(() -> Math.subtractExact(longAt(v, 0), offset * MICROS_PER_SECOND));
  }

  static Object midnight(List<Object> v) {
    return checked(() -> exactMicros(intAt(v, 0) * SECONDS_PER_DAY - intAt(v, 1), 0));
  }

  static Object startOfDay(List<Object> v) {
    ZoneTable zone = ZoneTable.of((Utf8) v.get(1));
    return checked(() -> exactMicros(zone.startOfDay(intAt(v, 0)), 0));
  }

  static Object nextDay(List<Object> v) {
    int days = intAt(v, 0);
    int ahead = ((intAt(v, 1) - 1 - days) % DAYS_PER_WEEK + DAYS_PER_WEEK) % DAYS_PER_WEEK;
    return days + 1 + ahead;
  }

  static Object makeDate(List<Object> v) {
    try {
      return (int) LocalDate.of(intAt(v, 0), intAt(v, 1), intAt(v, 2)).toEpochDay();
    } catch (DateTimeException e) {
      RowErrorException error = new RowErrorException(RowError.CAST);
      error.initCause(e);
      throw error;
    }
  }

  static Object yearInReach(List<Object> v) {
    try {
      long days = LocalDate.of(intAt(v, 0), intAt(v, 1), intAt(v, 2)).toEpochDay();
      if (days != (int) days) {
        throw new RowErrorException(RowError.OVERFLOW);
      }
    } catch (DateTimeException e) {
      // No date at all, which is told where it is made.
      return intAt(v, 0);
    }
    return intAt(v, 0);
  }

  static Object monthsBetween(List<Object> v) {
    LocalDate first = LocalDate.ofEpochDay(intAt(v, 0));
    LocalDate second = LocalDate.ofEpochDay(intAt(v, 3));
    double months =
        (first.getYear() * 12 + first.getMonthValue())
            - (second.getYear() * 12 + second.getMonthValue());
    boolean ends =
        first.getDayOfMonth() == first.lengthOfMonth()
            && second.getDayOfMonth() == second.lengthOfMonth();
    if (ends || first.getDayOfMonth() == second.getDayOfMonth()) {
      return months;
    }
    long seconds =
        (first.getDayOfMonth() - second.getDayOfMonth()) * SECONDS_PER_DAY
            + (longAt(v, 1) - longAt(v, 2)) / MICROS_PER_SECOND
            - (longAt(v, 4) - longAt(v, 5)) / MICROS_PER_SECOND;
    double exact = months + seconds / (double) (31 * SECONDS_PER_DAY);
    return (Boolean) v.get(6) ? Math.round(exact * ROUNDED) / ROUNDED : exact;
  }
}

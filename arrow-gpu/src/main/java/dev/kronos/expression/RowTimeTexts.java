// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times out of strings, in Java; {@link TimeTextFunction} says how they are written. */
final class RowTimeTexts {
  private static final String CLOCK =
      "(?<hour>[0-9]{1,2})(?::(?<minute>[0-9]{1,2})(?::(?<second>[0-9]{1,2})"
          + "(?:\\.(?<fraction>[0-9]*))?(?<zone>[^0-9].*)?)?)?";
  private static final Pattern TODAY =
      Pattern.compile("(?:T|(?=[0-9]{1,2}:))" + CLOCK, Pattern.DOTALL);
  private static final Pattern DATED =
      Pattern.compile(
          "(?<year>[+-]?[0-9]{4,6})(?:-(?<month>[0-9]{1,2})(?:-(?<day>[0-9]{1,2})(?:[ T]"
              + CLOCK
              + ")?)?)?",
          Pattern.DOTALL);

  /** An hour and a minute of one digit, which Spark has taken in zones of old. */
  private static final Pattern SHORT_HOUR = Pattern.compile("([+-])([0-9]):");

  private static final Pattern SHORT_MINUTE = Pattern.compile("([+-][0-9]{2}):([0-9])$");
  private static final Pattern PREFIX = Pattern.compile("^(?:UTC|GMT|UT)(?=[+-])");
  private static final int FRACTION_DIGITS = 6;
  private static final long MICROS_PER_SECOND = TimeUnit.SECONDS.toMicros(1);

  private RowTimeTexts() {}

  static Object instant(List<Object> v) {
    Utf8 text = (Utf8) v.get(0);
    long now = Math.floorDiv((Long) v.get(1), MICROS_PER_SECOND);
    Utf8 directory = (Utf8) v.get(3);
    try {
      Matcher dated = DATED.matcher(RowTextCast.trimmed(text));
      Matcher time = dated.matches() ? dated : today(text);
      ZoneTable zone = zone(time, directory).orElseGet(() -> ZoneTable.of((Utf8) v.get(2)));
      LocalDate date = time == dated ? date(time) : dateAt(now + zone.offsetAt(now));
      LocalDateTime clock = date.atTime(time(time));
      long seconds = clock.toEpochSecond(ZoneOffset.UTC);
      return micros(seconds - zone.offsetOfClock(seconds, ZoneTable.NO_OFFSET), clock);
    } catch (DateTimeException | ArithmeticException e) {
      throw noTime(e);
    }
  }

  static Object clock(List<Object> v) {
    Matcher time = DATED.matcher(RowTextCast.trimmed((Utf8) v.get(0)));
    try {
      if (!time.matches()) {
        throw new DateTimeException("no time with a date");
      }
      zone(time, (Utf8) v.get(1));
      LocalDateTime clock = date(time).atTime(time(time));
      return micros(clock.toEpochSecond(ZoneOffset.UTC), clock);
    } catch (DateTimeException | ArithmeticException e) {
      throw noTime(e);
    }
  }

  private static RowErrorException noTime(RuntimeException cause) {
    RowErrorException error = new RowErrorException(RowError.CAST);
    error.initCause(cause);
    return error;
  }

  /** Nothing may stand before a T, not even a space. */
  private static Matcher today(Utf8 text) {
    String trimmed = RowTextCast.trimmed(text);
    Matcher time = TODAY.matcher(trimmed);
    boolean behind = trimmed.startsWith("T") && text.bytes()[0] != 'T';
    if (behind || !time.matches()) {
      throw new DateTimeException("no time");
    }
    return time;
  }

  private static LocalDate date(Matcher time) {
    return LocalDate.of(field(time, "year", 1), field(time, "month", 1), field(time, "day", 1));
  }

  private static LocalDate dateAt(long clockSeconds) {
    return LocalDate.ofEpochDay(Math.floorDiv(clockSeconds, TimeUnit.DAYS.toSeconds(1)));
  }

  private static LocalTime time(Matcher time) {
    String fraction = Optional.ofNullable(time.group("fraction")).orElse("");
    String digits = (fraction + "0".repeat(FRACTION_DIGITS)).substring(0, FRACTION_DIGITS);
    return LocalTime.of(
        field(time, "hour", 0),
        field(time, "minute", 0),
        field(time, "second", 0),
        (int) TimeUnit.MICROSECONDS.toNanos(Integer.parseInt(digits)));
  }

  private static int field(Matcher time, String name, int absent) {
    String digits = time.group(name);
    return digits == null ? absent : Integer.parseInt(digits);
  }

  private static Optional<ZoneTable> zone(Matcher time, Utf8 directory) {
    return Optional.ofNullable(time.group("zone")).map(name -> zone(name.trim(), directory));
  }

  private static ZoneTable zone(String name, Utf8 directory) {
    Utf8 bytes = Utf8.of(name.getBytes(StandardCharsets.ISO_8859_1));
    return ZoneDirectory.of(directory)
        .find(bytes)
        .orElseGet(() -> ZoneTable.of(ZoneOffset.of(offset(name))));
  }

  private static String offset(String name) {
    String hour = SHORT_HOUR.matcher(name).replaceFirst("$10$2:");
    String minute = SHORT_MINUTE.matcher(hour).replaceFirst("$1:0$2");
    return PREFIX.matcher(minute).replaceFirst("");
  }

  private static long micros(long seconds, LocalDateTime clock) {
    return BigInteger.valueOf(seconds)
        .multiply(BigInteger.valueOf(MICROS_PER_SECOND))
        .add(BigInteger.valueOf(TimeUnit.NANOSECONDS.toMicros(clock.getNano())))
        .longValueExact();
  }
}

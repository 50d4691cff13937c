// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Computes with dates and timestamps row by row, as {@link TimeFunctions} lists. A result is null
 * where an operand is. Ownership, errors and cost are those of {@link Elementwise}: O(n) work and
 * memory for n rows, of zones O(n log t) work for t changes of their clocks. Thread-safe.
 */
public final class Times {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Times(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Times(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /**
   * Returns the wall clocks of the vector's own zone: {@link TimeFunctions#localTimestamp}.
   *
   * @throws KronosException.InvalidArgument when its type has no zone, or none that Java knows
   */
  public FieldVector localTimestamp(FieldVector values) {
    return elementwise.call(TimeFunctions.localTimestamp(zone(elementwise.field(values))), values);
  }

  private static ZoneId zone(Field values) {
    ArrowType type = values.getType();
    String zone = type instanceof ArrowType.Timestamp timestamp ? timestamp.getTimezone() : null;
    try {
      return ZoneId.of(zone == null ? "" : zone);
    } catch (DateTimeException e) {
      throw new KronosException.InvalidArgument(
          message("vector has no time zone", "vector", values.getName(), "type", type), e);
    }
  }

  /** Returns numbers of weeks: {@link TimeFunctions#ISO_WEEK}. */
  public FieldVector isoWeek(FieldVector values) {
    return elementwise.call(TimeFunctions.ISO_WEEK, values);
  }

  /** Returns years of weeks: {@link TimeFunctions#ISO_YEAR}. */
  public FieldVector isoYear(FieldVector values) {
    return elementwise.call(TimeFunctions.ISO_YEAR, values);
  }

  /** Returns hours: {@link TimeFunctions#HOUR}. */
  public FieldVector hour(FieldVector values) {
    return elementwise.call(TimeFunctions.HOUR, values);
  }

  /** Returns minutes: {@link TimeFunctions#MINUTE}. */
  public FieldVector minute(FieldVector values) {
    return elementwise.call(TimeFunctions.MINUTE, values);
  }

  /** Returns seconds: {@link TimeFunctions#SECOND}. */
  public FieldVector second(FieldVector values) {
    return elementwise.call(TimeFunctions.SECOND, values);
  }

  /** Returns milliseconds: {@link TimeFunctions#MILLISECOND}. */
  public FieldVector millisecond(FieldVector values) {
    return elementwise.call(TimeFunctions.MILLISECOND, values);
  }

  /** Returns microseconds: {@link TimeFunctions#MICROSECOND}. */
  public FieldVector microsecond(FieldVector values) {
    return elementwise.call(TimeFunctions.MICROSECOND, values);
  }

  /** Returns fractions of seconds: {@link TimeFunctions#SUBSECOND}. */
  public FieldVector subsecond(FieldVector values) {
    return elementwise.call(TimeFunctions.SUBSECOND, values);
  }

  /** Returns last days of months: {@link TimeFunctions#LAST_DAY}. */
  public FieldVector lastDay(FieldVector values) {
    return elementwise.call(TimeFunctions.LAST_DAY, values);
  }

  /** Returns turns of the year between times: {@link TimeFunctions#YEARS_BETWEEN}. */
  public FieldVector yearsBetween(FieldVector from, FieldVector to) {
    return elementwise.call(TimeFunctions.YEARS_BETWEEN, from, to);
  }

  /** Returns starts of quarters between times: {@link TimeFunctions#QUARTERS_BETWEEN}. */
  public FieldVector quartersBetween(FieldVector from, FieldVector to) {
    return elementwise.call(TimeFunctions.QUARTERS_BETWEEN, from, to);
  }

  /** Returns Mondays between times: {@link TimeFunctions#WEEKS_BETWEEN}. */
  public FieldVector weeksBetween(FieldVector from, FieldVector to) {
    return elementwise.call(TimeFunctions.WEEKS_BETWEEN, from, to);
  }

  /** Returns midnights between times: {@link TimeFunctions#DAYS_BETWEEN}. */
  public FieldVector daysBetween(FieldVector from, FieldVector to) {
    return elementwise.call(TimeFunctions.DAYS_BETWEEN, from, to);
  }

  /** Returns starts of hours between times: {@link TimeFunctions#HOURS_BETWEEN}. */
  public FieldVector hoursBetween(FieldVector from, FieldVector to) {
    return elementwise.call(TimeFunctions.HOURS_BETWEEN, from, to);
  }

  /** Returns starts of minutes between times: {@link TimeFunctions#MINUTES_BETWEEN}. */
  public FieldVector minutesBetween(FieldVector from, FieldVector to) {
    return elementwise.call(TimeFunctions.MINUTES_BETWEEN, from, to);
  }

  /** Returns starts of seconds between times: {@link TimeFunctions#SECONDS_BETWEEN}. */
  public FieldVector secondsBetween(FieldVector from, FieldVector to) {
    return elementwise.call(TimeFunctions.SECONDS_BETWEEN, from, to);
  }

  /** Returns starts of milliseconds between times: {@link TimeFunctions#MILLISECONDS_BETWEEN}. */
  public FieldVector millisecondsBetween(FieldVector from, FieldVector to) {
    return elementwise.call(TimeFunctions.MILLISECONDS_BETWEEN, from, to);
  }

  /** Returns microseconds between times: {@link TimeFunctions#MICROSECONDS_BETWEEN}. */
  public FieldVector microsecondsBetween(FieldVector from, FieldVector to) {
    return elementwise.call(TimeFunctions.MICROSECONDS_BETWEEN, from, to);
  }

  /** Returns times some days later: {@link TimeFunctions#ADD_DAYS}. */
  public FieldVector addDays(FieldVector values, FieldVector days) {
    return elementwise.call(TimeFunctions.ADD_DAYS, values, days);
  }

  /** Returns times some days later, all as many: {@link TimeFunctions#ADD_DAYS}. */
  public FieldVector addDays(FieldVector values, Scalar days) {
    return elementwise.call(TimeFunctions.ADD_DAYS, values, days);
  }

  /** Returns times some months later: {@link TimeFunctions#ADD_MONTHS}. */
  public FieldVector addMonths(FieldVector values, FieldVector months) {
    return elementwise.call(TimeFunctions.ADD_MONTHS, values, months);
  }

  /** Returns times some months later, all as many: {@link TimeFunctions#ADD_MONTHS}. */
  public FieldVector addMonths(FieldVector values, Scalar months) {
    return elementwise.call(TimeFunctions.ADD_MONTHS, values, months);
  }

  /** Returns instants of wall clocks: {@link TimeFunctions#assumeTimezone}. */
  public FieldVector assumeTimezone(FieldVector values, ZoneId zone) {
    return elementwise.call(TimeFunctions.assumeTimezone(zone), values);
  }

  /** Returns starts of units: {@link TimeFunctions#floorTemporal}. */
  public FieldVector floorTemporal(FieldVector values, CalendarUnit unit) {
    return elementwise.call(TimeFunctions.floorTemporal(unit), values);
  }

  /** Returns next dates on a day of the week: {@link TimeFunctions#nextDay}. */
  public FieldVector nextDay(FieldVector values, DayOfWeek day) {
    return elementwise.call(TimeFunctions.nextDay(day), values);
  }

  /** Returns times as strings: {@link TimeFunctions#formatTime}. */
  public FieldVector formatTime(FieldVector values, String pattern) {
    return elementwise.call(TimeFunctions.formatTime(pattern), values);
  }

  /** Returns times of strings: {@link TimeFunctions#parseTime}. */
  public FieldVector parseTime(FieldVector values, String pattern) {
    return elementwise.call(TimeFunctions.parseTime(pattern), values);
  }

  /** Returns times of strings, or null: {@link TimeFunctions#parseTimeOrNull}. */
  public FieldVector parseTimeOrNull(FieldVector values, String pattern) {
    return elementwise.call(TimeFunctions.parseTimeOrNull(pattern), values);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Moves between instants and the wall clock of a zone: by plain casts in UTC, by arithmetic where
 * the offset is fixed, by a table of transitions elsewhere. Thread-safe.
 */
public final class ZonedTime {
  private static final Literal NO_OFFSET = new Literal(DataType.INT32, ZoneTable.NO_OFFSET);
  private static final Literal UTC_OFFSET = new Literal(DataType.INT32, 0);
  private static final Map<ZoneId, Literal> TABLES = new ConcurrentHashMap<>();

  private ZonedTime() {}

  /** Returns the table of a zone. */
  public static Literal table(ZoneId zone) {
    return TABLES.computeIfAbsent(zone, key -> ZoneTable.of(key).literal());
  }

  private static boolean isFixed(ZoneId zone) {
    return zone.getRules().isFixedOffset();
  }

  private static boolean isUtc(ZoneId zone) {
    return isFixed(zone) && fixed(zone).value().equals(0);
  }

  private static Literal fixed(ZoneId zone) {
    ZoneOffset offset = zone.getRules().getOffset(Instant.EPOCH);
    return new Literal(DataType.INT32, offset.getTotalSeconds());
  }

  /** Returns the offset of a time: none for what is a wall clock already. */
  public static Expression offset(Expression time, ZoneId zone) {
    if (time.type().equals(DataType.TIMESTAMP_NTZ)) {
      return UTC_OFFSET;
    }
    return isFixed(zone) ? fixed(zone) : Call.of(TimeFunction.OFFSET_AT, time, table(zone));
  }

  /** Returns the date of a time. */
  public static Expression date(Expression time, ZoneId zone) {
    return isUtc(zone) || time.type().equals(DataType.TIMESTAMP_NTZ)
        ? utc(time, DataType.DATE)
        : Call.of(TimeFunction.DATE, time, offset(time, zone));
  }

  /** Returns the wall clock at an instant. */
  public static Expression clock(Expression instant, ZoneId zone) {
    return isUtc(zone)
        ? utc(instant, DataType.TIMESTAMP_NTZ)
        : Call.of(TimeFunction.WALL_CLOCK, instant, offset(instant, zone));
  }

  /** Returns the instant of a wall clock, the earlier of two. */
  public static Expression instant(Expression clock, ZoneId zone) {
    return instant(clock, NO_OFFSET, zone);
  }

  /** Returns the instant of a wall clock, of two the one with an offset. */
  public static Expression instant(Expression clock, Expression offset, ZoneId zone) {
    if (isUtc(zone)) {
      return utc(clock, DataType.TIMESTAMP);
    }
    return isFixed(zone)
        ? Call.of(TimeFunction.INSTANT, clock, fixed(zone))
        : Call.of(TimeFunction.INSTANT_IN_ZONE, clock, offset, table(zone));
  }

  /** Returns the first instant of a date. */
  public static Expression startOfDay(Expression date, ZoneId zone) {
    if (isUtc(zone)) {
      return utc(date, DataType.TIMESTAMP);
    }
    return isFixed(zone)
        ? Call.of(TimeFunction.MIDNIGHT, date, fixed(zone))
        : Call.of(TimeFunction.START_OF_DAY, date, table(zone));
  }

  private static Expression utc(Expression time, DataType type) {
    return time.type().equals(type) ? time : new Cast(time, type, ErrorMode.ANSI);
  }
}

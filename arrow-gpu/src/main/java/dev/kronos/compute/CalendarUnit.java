// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.expression.DateRound.Boundary;
import java.time.temporal.ChronoUnit;

/** Lists the units that times are cut down to and counted in, from the longest. */
public enum CalendarUnit {
  /** From the first of January. */
  YEAR(Boundary.YEAR),
  /** From the first of January, April, July or October. */
  QUARTER(Boundary.QUARTER),
  /** From the first day. */
  MONTH(Boundary.MONTH),
  /** From Monday. */
  WEEK(Boundary.WEEK),
  /** From midnight. */
  DAY(ChronoUnit.DAYS),
  /** 60 minutes. */
  HOUR(ChronoUnit.HOURS),
  /** 60 seconds. */
  MINUTE(ChronoUnit.MINUTES),
  /** 1,000 milliseconds. */
  SECOND(ChronoUnit.SECONDS),
  /** 1,000 microseconds. */
  MILLISECOND(ChronoUnit.MILLIS),
  /** The unit of timestamps. */
  MICROSECOND(ChronoUnit.MICROS);

  private final Boundary boundary;
  private final long micros;

  CalendarUnit(Boundary boundary) {
    this.boundary = boundary;
    this.micros = 0;
  }

  CalendarUnit(ChronoUnit unit) {
    this.boundary = null;
    this.micros = unit.getDuration().dividedBy(ChronoUnit.MICROS.getDuration());
  }

  /** Tells whether the unit is a whole number of days that the calendar knows. */
  boolean isOfCalendar() {
    return boundary != null;
  }

  /** Returns the start of the unit; null for those that are no days. */
  Boundary boundary() {
    return boundary;
  }

  /** Returns the microseconds of a unit of a day and below; 0 for others. */
  long micros() {
    return micros;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/** Functions of dates on non-null values, in Java. */
final class RowDates {
  private static final int WEEK = 7;

  private RowDates() {}

  static Object part(DatePart e, Object days) {
    LocalDate date = LocalDate.ofEpochDay((Integer) days);
    return switch (e.field()) {
      case YEAR -> date.getYear();
      case QUARTER -> date.get(IsoFields.QUARTER_OF_YEAR);
      case MONTH -> date.getMonthValue();
      case DAY_OF_MONTH -> date.getDayOfMonth();
      case DAY_OF_YEAR -> date.getDayOfYear();
      case DAY_OF_WEEK -> date.getDayOfWeek().getValue() % WEEK + 1;
      case WEEKDAY -> date.getDayOfWeek().getValue() - 1;
      case WEEK_OF_YEAR -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case YEAR_OF_WEEK -> date.get(IsoFields.WEEK_BASED_YEAR);
    };
  }

  static Object shift(DateShift e, Object left, Object right) {
    int days = (Integer) left;
    int other = (Integer) right;
    return switch (e.operator()) {
      case ADD_DAYS -> days + other;
      case SUBTRACT_DAYS, DIFFERENCE -> days - other;
      case ADD_MONTHS -> epochDay(LocalDate.ofEpochDay(days).plusMonths(other));
    };
  }

  static Object round(DateRound e, Object days) {
    LocalDate date = LocalDate.ofEpochDay((Integer) days);
    return switch (e.boundary()) {
      case YEAR -> epochDay(date.withDayOfYear(1));
      case QUARTER -> epochDay(date.with(IsoFields.DAY_OF_QUARTER, 1));
      case MONTH -> epochDay(date.withDayOfMonth(1));
      case WEEK -> (int) date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toEpochDay();
      case LAST_DAY -> epochDay(date.withDayOfMonth(date.lengthOfMonth()));
    };
  }

  private static Object epochDay(LocalDate date) {
    long days = date.toEpochDay();
    if (days != (int) days) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    return (int) days;
  }
}

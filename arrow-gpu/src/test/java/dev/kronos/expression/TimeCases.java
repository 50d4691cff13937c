// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists functions of times. */
final class TimeCases {
  private static final List<String> ZONES =
      List.of("America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca");

  private TimeCases() {}

  static List<ExpressionGroup> all() {
    List<ExpressionGroup> groups = new ArrayList<>();
    groups.add(parts(DataType.TIMESTAMP));
    groups.add(parts(DataType.TIMESTAMP_NTZ));
    groups.add(moved());
    groups.add(spans());
    groups.add(dates());
    groups.add(monthsBetween());
    groups.add(texts());
    ZONES.forEach(zone -> groups.add(inZone(zone)));
    return groups;
  }

  private static Literal number(int value) {
    return new Literal(DataType.INT32, value);
  }

  private static Literal real(double value) {
    return new Literal(DataType.FLOAT64, value);
  }

  private static Literal wide(long value) {
    return new Literal(DataType.INT64, value);
  }

  private static ExpressionGroup parts(DataType type) {
    Expression t = ExpressionCases.column(0, type);
    List<Expression> list = new ArrayList<>();
    Expression instant =
        type.equals(DataType.TIMESTAMP) ? t : new Cast(t, DataType.TIMESTAMP, ErrorMode.ANSI);
    for (int offset : new int[] {0, 19_800, -64_800}) {
      Stream.of(
              TimeFunction.HOUR,
              TimeFunction.MINUTE,
              TimeFunction.SECOND,
              TimeFunction.SECOND_FRACTION,
              TimeFunction.DATE,
              TimeFunction.WALL_CLOCK,
              TimeFunction.INSTANT)
          .forEach(f -> list.add(Call.of(f, t, number(offset))));
      for (long unit : new long[] {1000, 1_000_000, 3_600_000_000L, 86_400_000_000L}) {
        list.add(Call.of(TimeFunction.TRUNCATE, t, number(offset), wide(unit)));
      }
      list.add(TextCall.of(TextFunction.TIME, instant, number(offset)));
    }
    return new ExpressionGroup("parts of " + type, List.of(ExpressionCases.layout(type)), list);
  }

  private static ExpressionGroup moved() {
    Expression t = ExpressionCases.column(0, DataType.TIMESTAMP);
    Expression clock = ExpressionCases.column(1, DataType.TIMESTAMP_NTZ);
    Expression n = ExpressionCases.column(2, DataType.INT64);
    Expression months = ExpressionCases.column(3, DataType.INT32);
    List<Expression> list =
        List.of(
            Call.of(TimeFunction.ADD_MICROS, t, n),
            Call.of(TimeFunction.ADD_MICROS, clock, wide(-1)),
            Call.of(TimeFunction.ADD_MONTHS, clock, months),
            Call.of(TimeFunction.ADD_MONTHS, clock, number(-1)),
            Call.of(TimeFunction.UNITS, t, wide(1)),
            Call.of(TimeFunction.UNITS, t, wide(1_000_000)),
            Call.of(TimeFunction.OF_UNITS, n, wide(1000)),
            Call.of(TimeFunction.OF_UNITS, n, wide(1)));
    return new ExpressionGroup(
        "moved times",
        List.of(
            ExpressionCases.layout(DataType.TIMESTAMP),
            ExpressionCases.layout(DataType.TIMESTAMP_NTZ),
            ExpressionCases.layout(DataType.INT64),
            ExpressionCases.layout(DataType.INT32)),
        list);
  }

  private static ExpressionGroup spans() {
    Expression span = ExpressionCases.column(0, DataType.INT64);
    Expression by = ExpressionCases.column(1, DataType.INT64);
    Expression real = ExpressionCases.column(2, DataType.FLOAT64);
    Expression small = ExpressionCases.column(3, DataType.INT32);
    List<Expression> list = new ArrayList<>();
    for (ErrorMode mode : List.of(ErrorMode.ANSI, ErrorMode.NULL)) {
      Stream.of(by, wide(-1), wide(2), wide(-7), wide(0))
          .forEach(n -> list.add(new Call(TimeFunction.SPAN_OVER, List.of(span, n), mode)));
      for (Expression n : List.of(real, real(0.5), real(-3e-9), real(-0.0))) {
        list.add(new Call(TimeFunction.SPAN_OVER, List.of(span, n), mode));
        list.add(new Call(TimeFunction.SPAN_TIMES, List.of(span, n), mode));
      }
      list.add(new Call(TimeFunction.SPAN, List.of(small, small, small, span), mode));
      list.add(new Call(TimeFunction.SPAN, List.of(number(3), number(-5), small, by), mode));
    }
    return new ExpressionGroup(
        "spans of time",
        List.of(
            ExpressionCases.layout(DataType.INT64),
            ExpressionCases.layout(DataType.INT64),
            ExpressionCases.layout(DataType.FLOAT64),
            ExpressionCases.layout(DataType.INT32)),
        list);
  }

  private static ExpressionGroup dates() {
    Expression date = ExpressionCases.column(0, DataType.DATE);
    Expression year = ExpressionCases.column(1, DataType.INT32);
    Expression month = ExpressionCases.column(2, DataType.INT8);
    Expression day = ExpressionCases.column(3, DataType.INT8);
    Expression m = new Cast(month, DataType.INT32, ErrorMode.ANSI);
    Expression d = new Cast(day, DataType.INT32, ErrorMode.ANSI);
    Expression reached = Call.of(TimeFunction.YEAR_IN_REACH, year, m, d);
    Expression small = new Literal(DataType.INT32, 2024);
    List<Expression> list = new ArrayList<>();
    for (int weekday = 0; weekday < 7; weekday++) {
      list.add(Call.of(TimeFunction.NEXT_DAY, date, number(weekday)));
    }
    for (ErrorMode mode : ErrorMode.values()) {
      list.add(new Call(TimeFunction.MAKE_DATE, List.of(reached, m, d), mode));
      list.add(new Call(TimeFunction.MAKE_DATE, List.of(small, m, d), mode));
      list.add(new Call(TimeFunction.MAKE_DATE, List.of(small, number(2), d), mode));
    }
    list.add(Call.of(TimeFunction.DAYS, date));
    list.add(Call.of(TimeFunction.OF_DAYS, year));
    for (int offset : new int[] {0, -64_800, 64_800}) {
      list.add(Call.of(TimeFunction.MIDNIGHT, date, number(offset)));
    }
    ColumnLayout small8 = ExpressionCases.layout(DataType.INT8);
    return new ExpressionGroup(
        "made dates",
        List.of(
            ExpressionCases.layout(DataType.DATE),
            ExpressionCases.layout(DataType.INT32),
            small8,
            small8),
        list);
  }

  private static ExpressionGroup monthsBetween() {
    List<Expression> list = new ArrayList<>();
    for (boolean round : new boolean[] {true, false}) {
      Expression a = ExpressionCases.column(0, DataType.TIMESTAMP);
      Expression b = ExpressionCases.column(1, DataType.TIMESTAMP);
      Expression first = Call.of(TimeFunction.DATE, a, number(0));
      Expression second = Call.of(TimeFunction.DATE, b, number(0));
      list.add(
          Call.of(
              TimeFunction.MONTHS_BETWEEN,
              first,
              a,
              Call.of(TimeFunction.MIDNIGHT, first, number(0)),
              second,
              b,
              Call.of(TimeFunction.MIDNIGHT, second, number(0)),
              new Literal(DataType.BOOLEAN, round)));
    }
    ColumnLayout time = ExpressionCases.layout(DataType.TIMESTAMP);
    return new ExpressionGroup("months between", List.of(time, time), list);
  }

  /** Few of the rows are times: {@link TextCastOnDeviceTest} has such. */
  private static ExpressionGroup texts() {
    Expression text = ExpressionCases.column(0, DataType.STRING);
    Expression now = new Literal(DataType.TIMESTAMP, 0L);
    Literal zone = ZoneTable.of(ZoneId.of("Asia/Kolkata")).literal();
    Literal directory =
        ZoneDirectory.of(Map.of("Z", ZoneOffset.UTC, "EST", ZoneOffset.ofHours(-5))).literal();
    List<Expression> list =
        List.of(
            new Call(TimeTextFunction.INSTANT, List.of(text, now, zone, directory), ErrorMode.NULL),
            new Call(TimeTextFunction.CLOCK, List.of(text, directory), ErrorMode.NULL));
    return new ExpressionGroup(
        "times of texts", List.of(ExpressionCases.layout(DataType.STRING)), list);
  }

  private static ExpressionGroup inZone(String name) {
    Literal zone = ZoneTable.of(ZoneId.of(name)).literal();
    Expression t = ExpressionCases.column(0, DataType.TIMESTAMP);
    Expression clock = ExpressionCases.column(1, DataType.TIMESTAMP_NTZ);
    Expression date = ExpressionCases.column(2, DataType.DATE);
    Expression offset = Call.of(TimeFunction.OFFSET_AT, t, zone);
    Expression local = Call.of(TimeFunction.WALL_CLOCK, t, offset);
    return new ExpressionGroup(
        "times in " + name,
        List.of(
            ExpressionCases.layout(DataType.TIMESTAMP),
            ExpressionCases.layout(DataType.TIMESTAMP_NTZ),
            ExpressionCases.layout(DataType.DATE)),
        List.of(
            offset,
            Call.of(TimeFunction.HOUR, t, offset),
            Call.of(TimeFunction.START_OF_DAY, date, zone),
            Call.of(TimeFunction.INSTANT_IN_ZONE, clock, number(ZoneTable.NO_OFFSET), zone),
            Call.of(TimeFunction.INSTANT_IN_ZONE, local, offset, zone)));
  }
}

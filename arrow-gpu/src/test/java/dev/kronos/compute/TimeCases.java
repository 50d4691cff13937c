// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.expression.RowError;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.Utf8;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists functions of times that are made of parameters. */
final class TimeCases {
  private TimeCases() {}

  static List<ParameterCase> all() {
    List<ParameterCase> cases = new ArrayList<>();
    zones(cases);
    units(cases);
    patterns(cases);
    return cases;
  }

  private static void zones(List<ParameterCase> cases) {
    for (String name : List.of("UTC", "+05:30", "Europe/Berlin", "Australia/Lord_Howe")) {
      ZoneId zone = ZoneId.of(name);
      cases.add(
          ParameterCase.of(
              name,
              TimeFunctions.localTimestamp(zone),
              (t, v) -> OracleTimes.local(v.get(0), zone)));
      cases.add(
          ParameterCase.of(
              name,
              TimeFunctions.assumeTimezone(zone),
              (t, v) -> OracleTimes.instant(v.get(0), zone)));
    }
  }

  private static void units(List<ParameterCase> cases) {
    for (CalendarUnit unit : CalendarUnit.values()) {
      cases.add(
          ParameterCase.of(
              unit.name(),
              TimeFunctions.floorTemporal(unit),
              (t, v) -> OracleTimes.floor(unit, v.get(0))));
    }
    for (DayOfWeek day : List.of(DayOfWeek.MONDAY, DayOfWeek.THURSDAY, DayOfWeek.SUNDAY)) {
      cases.add(
          ParameterCase.of(
              day.name(),
              TimeFunctions.nextDay(day),
              (t, v) -> OracleTimes.nextDay((Integer) v.get(0), day)));
    }
  }

  private static void patterns(List<ParameterCase> cases) {
    for (String pattern : List.of("yyyy-MM-dd HH:mm:ss.SSSSSS", "d.M.yy 'at' h:mm a, EEEE")) {
      DateTimeFormatter java = DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.US);
      cases.add(
          ParameterCase.of(
              pattern,
              TimeFunctions.formatTime(pattern),
              (t, v) -> Utf8.of(java.format(OracleTimes.clock(v.get(0))))));
    }
    cases.add(ParameterCase.of("HH:mm", TimeFunctions.parseTime("HH:mm"), (t, v) -> noTime()));
    cases.add(ParameterCase.of("HH:mm", TimeFunctions.parseTimeOrNull("HH:mm"), (t, v) -> null));
  }

  /** No string of the contract is a time; {@link TimesTest} has those. */
  private static Object noTime() {
    throw new RowErrorException(RowError.CAST);
  }
}

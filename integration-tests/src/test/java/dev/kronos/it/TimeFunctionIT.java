// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares functions of times with plain Spark, in zones with and without changes of clocks. */
class TimeFunctionIT extends SessionTest {
  private static final int AT_ONCE = 6;

  private static final List<String> ZONES =
      List.of("UTC", "+05:30", "America/New_York", "Australia/Lord_Howe", "Africa/Monrovia");

  private static final List<String> FUNCTIONS =
      List.of(
          "hour(t)",
          "minute(t)",
          "second(t)",
          "extract(SECOND FROM t)",
          "year(t)",
          "dayofyear(t)",
          "hour(n)",
          "extract(SECOND FROM n)",
          "cast(t AS date)",
          "cast(t AS timestamp_ntz)",
          "cast(n AS timestamp)",
          "cast(d AS timestamp)",
          "cast(d AS timestamp_ntz)",
          "cast(n AS date)",
          "cast(t AS string)",
          "cast(n AS string)",
          "cast(i + 0.25D AS timestamp)",
          "cast(cast(i AS float) AS timestamp)",
          "unix_micros(try_cast(i * 2e12D AS timestamp))",
          "cast(cast(i * 1.0000005 AS decimal(18,7)) AS timestamp)",
          "unix_micros(cast(cast(concat(i, repeat('7', 30)) AS decimal(38,2)) AS timestamp))",
          "unix_micros(cast(i * 1e40D AS timestamp))",
          "cast(if(i > 3, double('NaN'), i * 0.1D) AS timestamp)",
          "date_trunc('SECOND', t)",
          "date_trunc('minute', t)",
          "date_trunc('HOUR', t)",
          "date_trunc('DAY', t)",
          "date_trunc('WEEK', t)",
          "date_trunc('MM', t)",
          "date_trunc('QUARTER', t)",
          "date_trunc('YYYY', t)",
          "date_trunc('MILLISECOND', t)",
          "unix_seconds(t)",
          "unix_millis(t)",
          "unix_micros(t)",
          "timestamp_seconds(i)",
          "timestamp_millis(unix_millis(t))",
          "timestamp_micros(i)",
          "months_between(t, t2)",
          "months_between(t, t2, false)",
          "months_between(d, t2)",
          "from_utc_timestamp(t, 'Asia/Tokyo')",
          "from_utc_timestamp(t, 'America/Sao_Paulo')",
          "to_utc_timestamp(t, 'America/Los_Angeles')",
          "to_utc_timestamp(t, 'GMT+3')",
          "t + INTERVAL '1' DAY",
          "t - INTERVAL '1 02:03:04.000005' DAY TO SECOND",
          "t + INTERVAL '90' MINUTE",
          "t + INTERVAL '1' MONTH",
          "t - INTERVAL '13' MONTH",
          "n + INTERVAL '1' DAY",
          "n - INTERVAL '1' YEAR",
          "d + INTERVAL '1' MONTH",
          "d - INTERVAL '40' DAY",
          "d + INTERVAL '3' HOUR",
          "weekofyear(d)",
          "extract(YEAROFWEEK FROM d)",
          "extract(DAYOFWEEK_ISO FROM d)",
          "date_part('WEEK', t)",
          "next_day(d, 'Monday')",
          "next_day(d, 'TH')",
          "unix_date(d)",
          "date_from_unix_date(i)",
          "make_date(year(d), i, dayofmonth(d))",
          "make_date(2000 + i, 2, 29)");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTable() {
    List<String> times = new ArrayList<>();
    for (String clock :
        List.of(
            "1970-01-01 00:00:00",
            "0001-01-01 00:00:00",
            "1883-11-18 17:00:00",
            "1972-01-07 00:44:29.5",
            "2024-03-10 06:59:59.999999",
            "2024-03-10 07:00:00",
            "2024-03-10 02:30:00",
            "2024-11-03 01:30:00",
            "2024-11-03 05:30:00",
            "2024-11-03 06:30:00",
            "2024-04-06 15:15:00",
            "2024-10-05 15:45:00",
            "2024-10-06 02:15:00",
            "2024-02-29 12:00:00",
            "2024-01-31 23:59:59.999999",
            "2500-07-01 04:00:00",
            "9999-12-31 23:59:59.999999")) {
      times.add("('%s')".formatted(clock));
    }
    String rows = "VALUES %s, (null)".formatted(String.join(", ", times));
    String sql =
        """
        SELECT cast(l.v AS timestamp) AS t, cast(r.v AS timestamp) AS t2,
          cast(l.v AS timestamp_ntz) AS n, cast(r.v AS date) AS d,
          cast(pmod(hash(l.v, r.v), 33) - 9 AS int) AS i
        FROM (%s) AS l(v) CROSS JOIN (%s) AS r(v)\
        """
            .formatted(rows, rows);
    KronosSession.write(folder, "times", sql, 1);
  }

  static Stream<Arguments> functions() {
    return inZones(ZONES, inParts(FUNCTIONS, AT_ONCE));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("functions")
  void projectsLikeSpark(String zone, List<String> functions) {
    String columns = String.join(", ", functions);
    assertSameInZone(zone, "SELECT t, n, d, i, %s FROM times".formatted(columns));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT date_trunc('DAY', t), count(*) FROM times GROUP BY 1",
        "SELECT t, d FROM times WHERE hour(t) BETWEEN 1 AND 6 AND t > d",
        "SELECT t FROM times WHERE cast(t AS date) = DATE'2024-03-10'",
        "SELECT d, next_day(d, 'SU'), make_date(2024, 2, 29) FROM times"
      })
  void answersLikeSparkInAnsiMode(String sql) {
    KronosSession.under(
        Map.of("spark.sql.session.timeZone", "America/New_York"), () -> assertSame(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT make_date(2001, i, 1) FROM times",
        "SELECT make_date(5881580 + i, 8, 1) FROM times",
        "SELECT timestamp_seconds(i * 9000000000000) FROM times",
        "SELECT cast(t AS int) FROM times",
        "SELECT cast(double('NaN') + i AS timestamp) FROM times",
        "SELECT cast(i * 1e15D AS timestamp) FROM times"
      })
  void failsLikeSpark(String sql) {
    assertSameError(sql);
  }
}

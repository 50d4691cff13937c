// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares times that are written and read by patterns with plain Spark, in several zones. */
class TimeFormatIT extends SessionTest {
  private static final int AT_ONCE = 8;

  private static final List<String> FUNCTIONS =
      List.of(
          "date_format(t, 'yyyy-MM-dd HH:mm:ss')",
          "date_format(t, 'yy.M.d H:m:s.SSSSSSS')",
          "date_format(d, 'yyyyMMdd')",
          "date_format(t, \"dd/MM/yyyy'T'HH 'o''clock'\")",
          "date_format(t, 'EEEE, MMM d yyyy h:mm a')",
          "date_format(d, 'E MMMM')",
          "from_unixtime(i)",
          "from_unixtime(i * 100000000000L, 'yyyy-MM-dd')",
          "unix_timestamp(t)",
          "unix_timestamp(d)",
          "to_unix_timestamp(n)",
          "unix_timestamp(s)",
          "unix_timestamp(s, 'yyyy-MM-dd')",
          "to_date(s, 'yyyy-MM-dd')",
          "to_date(s, 'yyyyMMdd')",
          "to_date(s, 'd/M/yyyy')",
          "to_date(s, 'yyyy-MM')",
          "to_date(s, 'yy-MM-dd')",
          "to_timestamp(s, 'yyyy-MM-dd HH:mm:ss')",
          "to_timestamp(s, \"yyyy-MM-dd'T'HH:mm:ss.SSS\")",
          "to_timestamp(s, 'yyyyMMddHHmmss')",
          "to_timestamp(s, 'HH:mm')",
          "to_timestamp_ntz(s, 'yyyy-MM-dd HH:mm:ss.S')",
          "try_to_timestamp(s, 'yyyy-MM-dd H:m:s')",
          "make_timestamp(year(t), i, i + 5, i, 59, 60)",
          "make_timestamp(2024, 3, 10, 2, i, i + 0.25)",
          "make_timestamp(2024, 2, i, 1, i, 1.5, 'Asia/Tokyo')",
          "make_timestamp_ntz(year(t), 2, 28, 23, 59, cast(i AS decimal(16, 6)) + 58)",
          "timestampadd(MICROSECOND, -1, t)",
          "timestampadd(HOUR, 49, t)",
          "timestampadd(DAY, 1, n)",
          "timestampadd(MONTH, -13, t)",
          "timestampadd(QUARTER, 1, n)",
          "timestampdiff(SECOND, t, t2)",
          "timestampdiff(DAY, t2, t)",
          "timestampdiff(MONTH, t, t2)",
          "timestampdiff(YEAR, t2, t)",
          "timestampdiff(QUARTER, t, t2)",
          "timestampdiff(WEEK, t, t2)");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTable() {
    List<String> clocks = new ArrayList<>();
    for (String clock :
        List.of(
            "1970-01-01 00:00:00",
            "0001-01-01 00:00:00",
            "1969-12-31 23:59:59.9",
            "2024-03-10 02:30:00",
            "2024-11-03 06:30:00",
            "2024-02-29 12:34:56.789012",
            "9999-12-31 23:59:59.999999")) {
      clocks.add("('%s')".formatted(clock));
    }
    List<String> texts = new ArrayList<>();
    for (String text :
        List.of(
            "",
            "2024-02-29",
            "2024-02-30",
            "2024-2-9",
            "24-02-29",
            "0000-01-01",
            "-0001-01-01",
            "-0001-02",
            "2024-13",
            "+12024-02-29",
            "12024-02-29",
            "20240229",
            "020240229",
            "9/2/2024",
            "09/12/02024",
            "2024-03-10 02:30:00",
            "2024-11-03 01:30:00",
            "2024-02-29 24:00:00",
            "2024-02-29 12:34:56.7",
            "2024-02-29T12:34:56.789",
            "2024-02-29t12:34:56.7",
            "20240229123456",
            "23:59",
            "2024-02-29 ",
            " 2024-02-29",
            "９９９９-01-01")) {
      texts.add("('%s')".formatted(text));
    }
    String sql =
        """
        SELECT cast(l.v AS timestamp) AS t, cast(r.v AS timestamp) AS t2,
          cast(l.v AS timestamp_ntz) AS n, cast(r.v AS date) AS d, s.v AS s,
          cast(pmod(hash(l.v, r.v, s.v), 66) - 5 AS int) AS i
        FROM VALUES %1$s, (null) AS l(v) CROSS JOIN VALUES %1$s AS r(v)
          CROSS JOIN VALUES %2$s, (null) AS s(v)\
        """
            .formatted(String.join(", ", clocks), String.join(", ", texts));
    KronosSession.write(folder, "clocks", sql, 1);
  }

  static Stream<Arguments> functions() {
    return inZones(List.of("UTC", "America/New_York", "+05:30"), inParts(FUNCTIONS, AT_ONCE));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("functions")
  void projectsLikeSpark(String zone, List<String> functions) {
    String columns = String.join(", ", functions);
    assertSameInZone(zone, "SELECT t, t2, s, i, %s FROM clocks".formatted(columns));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT date_format(t, 'yyyy-MM'), count(*) FROM clocks GROUP BY 1",
        "SELECT s, to_date(s, 'yyyyMMdd') FROM clocks WHERE s = '20240229'",
        "SELECT unix_timestamp(t2), timestampdiff(MINUTE, t, t2) FROM clocks WHERE t < t2"
      })
  void answersLikeSparkInAnsiMode(String sql) {
    assertSame(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT to_date(s, 'yyyy-MM-dd') FROM clocks",
        "SELECT to_timestamp(s, 'HH:mm') FROM clocks WHERE s <> ''",
        "SELECT unix_timestamp(s, 'yyyyMMdd') FROM clocks",
        "SELECT make_timestamp(2024, i, 1, 1, 1, 1) FROM clocks",
        "SELECT make_timestamp(2024, 1, 1, 1, 1, 60.5) FROM clocks WHERE i > 0"
      })
  void failsLikeSpark(String sql) {
    assertSameError(sql);
  }

  @ParameterizedTest
  @ValueSource(strings = {"date_format(t, 'D')", "date_format(t, s)", "timestampadd(DAY, i, t)"})
  void staysWithSpark(String function) {
    assertSameWithFallback("SELECT t, %s AS r FROM clocks WHERE s = '23:59'".formatted(function));
  }
}

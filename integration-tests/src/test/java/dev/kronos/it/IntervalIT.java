// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares intervals of months, and of days and times, with plain Spark. */
class IntervalIT extends SessionTest {
  private static final int AT_ONCE = 12;

  private static final List<String> ZONES =
      List.of("UTC", "+05:30", "America/New_York", "Australia/Lord_Howe");

  private static final List<String> FUNCTIONS =
      List.of(
          "m",
          "s",
          "m IS NULL",
          "coalesce(m, INTERVAL '5' MONTH)",
          "if(s > INTERVAL '0' SECOND, s, INTERVAL '1' DAY)",
          "CASE WHEN m < INTERVAL '1' YEAR THEN m END",
          "m IN (INTERVAL '1' MONTH, INTERVAL '-13' MONTH)",
          "greatest(s, INTERVAL '1' HOUR)",
          "hash(m, s)",
          "xxhash64(m, s)",
          "s - INTERVAL '1' SECOND",
          "m + INTERVAL '1' YEAR",
          "m - INTERVAL '1-1' YEAR TO MONTH",
          "-s",
          "-m",
          "abs(s)",
          "abs(m)",
          "s + s",
          "extract(YEAR FROM m)",
          "extract(MONTH FROM m)",
          "extract(DAY FROM s)",
          "extract(HOUR FROM s)",
          "extract(MINUTE FROM s)",
          "extract(SECOND FROM s)",
          "cast(m AS INTERVAL YEAR)",
          "cast(s AS INTERVAL DAY)",
          "cast(s AS INTERVAL DAY TO HOUR)",
          "cast(s AS INTERVAL HOUR TO MINUTE)",
          "make_ym_interval(i, i)",
          "make_dt_interval(i, i, i, i + 0.25)",
          "make_dt_interval(i, 5)",
          "signum(m)",
          "signum(s)",
          "m * i",
          "m * cast(i AS tinyint)",
          "i * m",
          "s * i",
          "s * cast(i AS bigint)",
          "m * 1.5D",
          "m * -0.125f",
          "s * 0.3D",
          "s * cast(i AS float)",
          "m * 2.50",
          "s * cast(-0.333333 AS decimal(20, 10))",
          "m / 2",
          "m / cast(-7 AS bigint)",
          "s / 2",
          "s / nullif(i, 0)",
          "m / nullif(cast(i AS double), 0)",
          "m / 2.5",
          "s / -1.5",
          "s / cast(0.0007 AS decimal(38, 20))",
          "s / 3.0e-3D",
          "m * cast(i AS decimal(29, 3))",
          "try_multiply(m, i)",
          "try_multiply(s, 1e15D)",
          "try_multiply(m, 99999999999.5)",
          "try_divide(s, i)",
          "try_divide(m, cast(i AS double))",
          "try_divide(m, cast(i AS decimal(5, 2)))",
          "try_add(m, INTERVAL '178956970' YEAR)",
          "try_subtract(s, INTERVAL '-106751991' DAY)",
          "d - DATE'2024-03-10'",
          "t - t2",
          "n - n2",
          "t - d",
          "t + s",
          "t - s",
          "n + s",
          "t + m",
          "n - m",
          "d + m");

  /** The smallest interval of months for a month of 0, which no literal is. */
  private static final String LEAST =
      "m - INTERVAL '178956970-7' YEAR TO MONTH - INTERVAL '1' MONTH";

  private static final List<String> TEXTS =
      List.of(
          "cast(m AS string)",
          "cast(cast(m AS INTERVAL YEAR) AS string)",
          "cast(cast(m AS INTERVAL MONTH) AS string)",
          "cast(m * 1000000 AS string)",
          "cast(if(i < 0, m, %s) AS string)".formatted(LEAST),
          "concat(s, ' ', m)",
          "cast(s AS string)",
          "cast(s * 10000019 AS string)",
          "cast(if(i = 0, s, s - INTERVAL '0.9' SECOND) AS string)",
          "cast(make_dt_interval(-106751991, -4, 0, -54.775808) + abs(s) AS string)");

  private static final List<String> FIELDS =
      List.of(
          "DAY",
          "DAY TO HOUR",
          "DAY TO MINUTE",
          "HOUR",
          "HOUR TO MINUTE",
          "HOUR TO SECOND",
          "MINUTE",
          "MINUTE TO SECOND",
          "SECOND");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTable() {
    String times =
        """
        VALUES ('1970-01-01 00:00:00'), ('0001-01-01 00:00:00'), ('2024-03-10 06:59:59.999999'),
          ('2024-03-10 07:00:00'), ('2024-11-03 01:30:00'), ('2024-11-03 05:30:00'),
          ('2024-11-03 06:30:00'), ('2024-04-06 15:15:00'), ('2024-10-05 15:45:00'),
          ('2024-02-29 12:00:00'), ('2024-01-31 23:59:59.999999'), ('9000-12-31 00:00:00'), (null)\
        """;
    String intervals =
        """
        VALUES (0, 0), (1, 1), (-1, -1), (12, 3600000000), (-13, -90061000001), (25, 86400000000),
          (-12, -86400000000), (11, 86399999999), (1200, -59999999), (7, 172800000001), (null, null)\
        """;
    String sql =
        """
        SELECT cast(l.v AS timestamp) AS t, timestamp'2024-03-10 12:00:00' AS t2,
          cast(l.v AS timestamp_ntz) AS n, timestamp_ntz'2024-03-10 12:00:00' AS n2,
          cast(l.v AS date) AS d, r.m AS i, make_ym_interval(0, r.m) AS m,
          make_dt_interval(0, 0, 0, cast(cast(r.s AS decimal(18, 0)) / 1000000 AS decimal(18, 6)))
            AS s
        FROM (%s) AS l(v) CROSS JOIN (%s) AS r(m, s)\
        """
            .formatted(times, intervals);
    KronosSession.write(folder, "spans", sql, 1);
  }

  static Stream<Arguments> functions() {
    return inZones(ZONES, inParts(FUNCTIONS, AT_ONCE));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("functions")
  void projectsLikeSpark(String zone, List<String> functions) {
    String columns = String.join(", ", functions);
    assertSameInZone(zone, "SELECT t, n, d, i, %s FROM spans".formatted(columns));
  }

  static Stream<List<String>> texts() {
    Stream<String> named =
        FIELDS.stream()
            .flatMap(
                fields ->
                    Stream.of("s", "s * 2000003")
                        .map(
                            span ->
                                "cast(cast(%s AS INTERVAL %s) AS string)".formatted(span, fields)));
    return inParts(Stream.concat(TEXTS.stream(), named).toList(), 7).stream();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void writesLikeSpark(List<String> texts) {
    assertSame("SELECT i, m, s, %s FROM spans".formatted(String.join(", ", texts)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT m, count(*), min(s), max(s), count(DISTINCT s) FROM spans GROUP BY m",
        "SELECT s, count(m), first(m), last(m) FROM spans GROUP BY s",
        "SELECT sum(m), avg(m), sum(s), avg(s), try_sum(m), try_sum(s) FROM spans",
        "SELECT i, sum(m), avg(s), try_sum(m), try_sum(s) FROM spans GROUP BY i",
        "SELECT s, sum(cast(m AS INTERVAL YEAR)), avg(m) FROM spans GROUP BY s",
        "SELECT sum(m), avg(m), sum(s), avg(s), try_sum(m), try_sum(s) FROM spans WHERE i > 9999",
        "SELECT sum(m) FILTER (WHERE i > 0), avg(DISTINCT s) FROM spans",
        "SELECT try_avg(m), try_avg(s) FROM spans",
        "SELECT i, try_avg(m), try_avg(s) FROM spans GROUP BY i",
        "SELECT try_avg(m), try_avg(s) FROM spans WHERE i > 9999",
        "SELECT i, try_avg(m * 150000), try_avg(s * 5000000) FROM spans GROUP BY i",
        "SELECT i, try_sum(m * 150000), try_sum(s * 5000000) FROM spans GROUP BY i",
        "SELECT min(m), max(m), min(t - t2), max(t - t2) FROM spans",
        "SELECT m, s, t FROM spans WHERE s BETWEEN INTERVAL '0' DAY AND INTERVAL '1' DAY",
        "SELECT a.s, b.m FROM spans a JOIN spans b ON a.s = b.s AND a.m = b.m WHERE year(a.n) = 1970",
        "SELECT DISTINCT m, s FROM spans ORDER BY s DESC, m",
        "SELECT m FROM spans UNION ALL SELECT -m FROM spans",
        "SELECT /*+ SHUFFLE_HASH(b) */ a.m, b.s FROM spans a JOIN spans b ON a.m = b.m"
            + " WHERE year(a.n) = 1970",
        "SELECT /*+ REPARTITION(3, m, s) */ m, s, d FROM spans",
        "SELECT s, row_number() OVER (PARTITION BY m ORDER BY s, t) FROM spans"
      })
  void answersLikeSpark(String sql) {
    assertSame(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PARTITION BY n",
        "PARTITION BY n ORDER BY i",
        "ORDER BY d, i, s, n ROWS BETWEEN 5 PRECEDING AND 2 FOLLOWING",
        "PARTITION BY t ORDER BY i RANGE BETWEEN 12 PRECEDING AND 2 PRECEDING"
      })
  void addsOverWindowsLikeSpark(String window) {
    assertSame(
        ("SELECT n, d, i, s, sum(m) OVER w AS a, avg(m) OVER w AS b, sum(s) OVER w AS c, avg(s)"
                + " OVER w AS e, sum(s) FILTER (WHERE i > 1) OVER w AS f, avg(m) FILTER (WHERE i <"
                + " 0) OVER w AS g FROM spans WINDOW w AS (%s)")
            .formatted(window));
  }

  @Test
  void givesNullOverWindowsWhereTriedSumsOverflow() {
    assertSame(
        "SELECT n, d, i, s, try_sum(m * 900000) OVER w AS a, try_avg(m * 900000) OVER w AS b,"
            + " try_sum(s * 50000000) OVER w AS c, try_avg(s * 50000000) OVER w AS e"
            + " FROM spans WINDOW w AS (PARTITION BY i ORDER BY n ROWS 2 PRECEDING)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT m / 0 FROM spans",
        "SELECT try_sum(m / i) FROM spans",
        "SELECT i, avg(s / 0) FROM spans GROUP BY i",
        "SELECT sum(s / 0) OVER (PARTITION BY i) FROM spans"
      })
  void failsWhereFunctionsTakeQuotients(String sql) {
    assertSameError(sql);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failsLikeSpark(boolean ansi) {
    KronosSession.under(
        Map.of("spark.sql.ansi.enabled", String.valueOf(ansi)),
        () -> {
          assertSameError("SELECT m + INTERVAL '178956970-6' YEAR TO MONTH FROM spans");
          assertSameError("SELECT s + INTERVAL '106751991 03' DAY TO HOUR FROM spans");
          assertSameError("SELECT -(%s) FROM spans WHERE i >= 0".formatted(LEAST));
          assertSameError("SELECT make_ym_interval(i * 1000000, 0) FROM spans");
          assertSameError("SELECT make_dt_interval(i * 1000000, 0) FROM spans");
          for (String number :
              List.of("200000000", "300000000000", "2e8D", "double('NaN')", "2e8")) {
            assertSameError("SELECT m * %s FROM spans".formatted(number));
          }
          for (String number : List.of("60000000000000", "1e15D", "double('inf')", "1e15")) {
            assertSameError("SELECT s * %s FROM spans".formatted(number));
          }
          for (String number : List.of("i", "cast(i AS double)", "cast(i AS decimal(9, 2))")) {
            assertSameError("SELECT m / %s FROM spans".formatted(number));
            assertSameError("SELECT s / %s FROM spans".formatted(number));
          }
          assertSameError("SELECT m / 1e-12D FROM spans");
          assertSameError("SELECT s / 1e-12 FROM spans");
          assertSameError("SELECT (%s) / -1 FROM spans WHERE i >= 0".formatted(LEAST));
          assertSameError("SELECT sum(m * 100000000) FROM spans WHERE m > INTERVAL '0' MONTH");
          assertSameError("SELECT avg(s * 30000000) FROM spans WHERE s > INTERVAL '1' DAY");
          assertSameError(
              "SELECT sum(m * 100000000) OVER (ORDER BY m, t, s) FROM spans"
                  + " WHERE m BETWEEN INTERVAL '1' MONTH AND INTERVAL '12' MONTH");
          assertSameError("SELECT avg(s * 5000000) OVER () FROM spans WHERE s > INTERVAL '1' DAY");
        });
  }

  @Test
  void triedOperandsThatFailStayWithSpark() {
    assertSameWithFallback("SELECT try_divide(m * i, i) FROM spans");
    assertSameWithFallback("SELECT s * cast(i AS decimal(21, 1)) FROM spans");
  }

  /** Spark computes an element of an array, and the half with it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(element_at(array(m), 1))",
        "element_at(array(avg(m)), 1)",
        "try_sum(element_at(array(s), 1))",
        "element_at(array(try_sum(m)), 1)",
        "try_avg(element_at(array(m), 1))",
        "element_at(array(try_avg(s)), 1)",
        "avg(element_at(array(s), 1))"
      })
  void eitherHalfMayBeSparks(String half) {
    String sql = "SELECT i, %s FROM spans GROUP BY i".formatted(half);
    assertSameWithFallback(sql);
    assertThat(KronosSession.kronosNodes(sql))
        .as(sql)
        .filteredOn("KronosHashAggregate"::equals)
        .hasSize(1);
  }
}

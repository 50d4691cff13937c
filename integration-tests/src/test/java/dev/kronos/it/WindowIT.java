// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kronos.plans.NodeRun;
import dev.kronos.plans.PlanReport;
import dev.kronos.spark.plan.KronosExplain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares functions over windows with plain Spark, in strict mode. */
class WindowIT extends SessionTest {
  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    KronosSession.write(
        folder,
        "windowed",
        "SELECT id, if(id % 11 = 0, null, cast(id * 7919 % 29 AS int)) AS k, if(id % 13 = 0, null,"
            + " concat('é', id % 7)) AS s, cast(id * 104729 % 99991 AS decimal(15,2)) AS d,"
            + " cast(cast(id * 104729 % 99991 AS string) || '123456789012345' AS decimal(30,3)) AS"
            + " w, if(id % 5 = 0, null, cast(id * 31 % 47 - 20 AS int)) AS i, id * 999983 AS l,"
            + " date_add(DATE'2000-01-01', cast(id * 31 % 40 AS int)) AS t, CASE id % 9 WHEN 1"
            + " THEN double('NaN') WHEN 2 THEN -0.0D WHEN 3 THEN 0.0D WHEN 4 THEN null"
            + " ELSE (id * 7919 % 19 - 500) / 8.0D END AS f FROM range(2000)",
        3);
    KronosSession.write(
        folder,
        "ranged",
        "SELECT id, k, s, i, l, d, w, t, f, cast(id % 200 - 100 AS tinyint) AS y, cast(i AS"
            + " smallint) AS h, cast(f AS float) AS g, timestamp_seconds(1603500000 +"
            + " (id * 7919 % 2000) * 1800) AS z, cast(timestamp_seconds(1580378400 +"
            + " (id % 90) * 86400 + id % 5 * 3600) AS timestamp_ntz) AS n FROM windowed",
        3);
    KronosSession.write(
        folder,
        "skewed",
        "SELECT id, if(id % 10 < 9, 0, id) AS k, id * 7919 % 1009 AS v FROM range(100000)",
        2);
    KronosSession.write(folder, "nothing", "SELECT id, id AS k FROM range(0)", 1);
  }

  @Test
  void ranks() {
    assertSame(
        "SELECT id, k, i, row_number() OVER (PARTITION BY k ORDER BY i, id) AS a, rank() OVER"
            + " (PARTITION BY k ORDER BY i) AS b, dense_rank() OVER (PARTITION BY k ORDER BY i) AS"
            + " c, percent_rank() OVER (PARTITION BY k ORDER BY i) AS e, cume_dist() OVER"
            + " (PARTITION BY k ORDER BY i) AS g, ntile(7) OVER (PARTITION BY k ORDER BY i, id) AS"
            + " h, ntile(1000) OVER (PARTITION BY k ORDER BY i, id) AS j FROM windowed");
    assertSame("SELECT id, rank() OVER (PARTITION BY f ORDER BY s DESC) AS a FROM windowed");
    assertSame(
        "SELECT id, dense_rank() OVER (PARTITION BY s, k % 3 ORDER BY f) AS a FROM windowed");
    assertSame("SELECT id, row_number() OVER (PARTITION BY k ORDER BY id) AS a FROM nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PARTITION BY k",
        "PARTITION BY k ORDER BY i",
        "PARTITION BY k ORDER BY f DESC",
        "PARTITION BY s ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
        "PARTITION BY s ORDER BY id ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING",
        "PARTITION BY s ORDER BY id ROWS BETWEEN 2 FOLLOWING AND 5 FOLLOWING",
        "PARTITION BY t ORDER BY k RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING"
      })
  void aggregates(String window) {
    assertSame(
        ("SELECT id, count(*) OVER w AS a, count(i) OVER w AS b, sum(i) OVER w AS c, sum(l) OVER w"
                + " AS e, sum(d) OVER w AS g, sum(w) OVER w AS h, avg(d) OVER w AS j, avg(i) OVER w"
                + " AS m, avg(l) OVER w AS n, avg(w) OVER w AS o FROM windowed WINDOW w AS (%s)")
            .formatted(window));
    // Sums of these are exact in Spark, too, however it adds them up.
    assertSame(
        ("SELECT id, sum(f) OVER w AS a, avg(f) OVER w AS b, sum(cast(f AS float)) OVER w AS c,"
                + " sum(f) FILTER (WHERE NOT isnan(f)) OVER w AS e, avg(i / 4.0D) OVER w AS g,"
                + " sum(CASE i WHEN 3 THEN double('infinity') WHEN 4 THEN double('-infinity') ELSE"
                + " 0.5D END) OVER w AS h FROM windowed WINDOW w AS (%s)")
            .formatted(window));
    assertSame(
        ("SELECT id, min(s) OVER w AS a, max(s) OVER w AS b, min(f) OVER w AS c, max(f) OVER w AS"
                + " e, min(i) OVER w AS g, max(d) OVER w AS h, max(t) OVER w AS j, min(w) OVER w AS"
                + " m, count(i) FILTER (WHERE i > 0) OVER w AS n, sum(l) FILTER (WHERE k > 9) OVER"
                + " w AS o FROM windowed WINDOW w AS (%s)")
            .formatted(window));
  }

  /** Spark adds short decimals as longs, and makes decimals of what windows give. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PARTITION BY k",
        "PARTITION BY k ORDER BY i",
        "PARTITION BY s ORDER BY id ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING",
        "PARTITION BY s ORDER BY id ROWS BETWEEN 2 FOLLOWING AND 5 FOLLOWING",
        "PARTITION BY k ORDER BY i RANGE BETWEEN 3 PRECEDING AND 2 FOLLOWING"
      })
  void bitsVariancesAndShortDecimals(String window) {
    assertSame(
        ("SELECT id, bit_and(i) OVER w AS a, bit_or(l) OVER w AS b, bit_xor(i) OVER w AS c,"
                + " bit_xor(cast(l %% 1000 AS smallint)) OVER w AS e, bit_and(cast(i AS tinyint))"
                + " FILTER (WHERE i < 0) OVER w AS g, count_if(i > 3) OVER w AS h, bool_and(i > -9)"
                + " OVER w AS j, bool_or(i > 20) OVER w AS m,"
                + " try_sum(l * 3000000000) OVER w AS n, try_sum(i) OVER w AS o, try_avg(d) OVER w"
                + " AS p, try_avg(i) OVER w AS q FROM windowed WINDOW w AS (%s)")
            .formatted(window));
    assertSame(
        ("SELECT id, var_pop(i) OVER w AS a, var_samp(l) OVER w AS b, stddev_pop(f) OVER w AS c,"
                + " stddev(d) OVER w AS e, variance(i / 4.0D) FILTER (WHERE k > 9) OVER w AS g"
                + " FROM windowed WINDOW w AS (%s)")
            .formatted(window));
    assertSame(
        ("SELECT id, avg(y) OVER w AS a, sum(y) OVER w AS b, avg(z) OVER w AS c, sum(z) OVER w AS e,"
                + " avg(z) FILTER (WHERE k > 9) OVER w AS g FROM (SELECT"
                + " *, cast(i / 8.0 AS decimal(7,2)) AS y, cast(d AS decimal(11,6)) AS z FROM"
                + " windowed) WINDOW w AS (%s)")
            .formatted(window));
  }

  /** Spark keeps rows of small ranks below the window, before the exchange and behind it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "row_number() OVER (PARTITION BY k ORDER BY i, id)",
        "row_number() OVER (PARTITION BY w ORDER BY id DESC)",
        "rank() OVER (PARTITION BY k ORDER BY i DESC NULLS LAST)",
        "rank() OVER (PARTITION BY f ORDER BY s)",
        "rank() OVER (ORDER BY f DESC)",
        "dense_rank() OVER (PARTITION BY s, k % 3 ORDER BY f)",
        "dense_rank() OVER (ORDER BY t)"
      })
  void limitsOfRanks(String rank) {
    for (String condition : List.of("r <= 3", "r = 1", "r < 40")) {
      String sql =
          "SELECT id, k, r FROM (SELECT *, %s AS r FROM windowed WHERE id > 20) WHERE %s"
              .formatted(rank, condition);
      assertSame(sql);
      KronosSession.under(Map.of("spark.sql.ansi.enabled", "false"), () -> assertSame(sql));
      assertThat(PlanReport.kronosNodes(KronosSession.planOf(sql)))
          .contains("KronosWindowGroupLimit");
    }
  }

  @Test
  void limitsOfRanksSpanBatches() {
    KronosSession.under(
        Map.of("spark.kronos.sql.batchRows", "4096"),
        () -> {
          assertSame(
              "SELECT * FROM (SELECT k, v, rank() OVER (PARTITION BY k ORDER BY v) AS r FROM"
                  + " skewed) WHERE r <= 100");
          assertSame(
              "SELECT * FROM (SELECT v, dense_rank() OVER (ORDER BY v) AS r FROM skewed) WHERE r"
                  + " <= 7");
          assertSame(
              "SELECT * FROM (SELECT id, row_number() OVER (ORDER BY id) AS r FROM nothing) WHERE"
                  + " r <= 7");
        });
    assertSameError(
        "SELECT * FROM (SELECT id, rank() OVER (PARTITION BY k ORDER BY 10 / (id - 5)) AS r FROM"
            + " windowed) WHERE r = 1");
  }

  private static final String OF_RANGES =
      "SELECT id, count(*) OVER w AS a, sum(l) OVER w AS b, min(id) OVER w AS c, max(s) OVER w AS e"
          + " FROM ranged WINDOW w AS (PARTITION BY k ORDER BY %s RANGE BETWEEN %s)";

  /** Numbers know no time zone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "i; 3 PRECEDING AND 2 FOLLOWING",
        "i DESC; 3 PRECEDING AND CURRENT ROW",
        "i DESC NULLS FIRST; 1 FOLLOWING AND 9 FOLLOWING",
        "i NULLS LAST; UNBOUNDED PRECEDING AND 1 PRECEDING",
        "l; 9000000 PRECEDING AND 5000000000 FOLLOWING",
        "y; 10 PRECEDING AND UNBOUNDED FOLLOWING",
        "h; 2 PRECEDING AND 1 PRECEDING",
        "d; 100.5 PRECEDING AND 0.25 FOLLOWING",
        "w DESC; 1e20BD PRECEDING AND 99999999999 FOLLOWING",
        "f; 1.5D PRECEDING AND 2D FOLLOWING",
        "g DESC NULLS FIRST; 0.5F PRECEDING AND CURRENT ROW",
        "t; 3 PRECEDING AND 5 FOLLOWING",
        "t DESC; INTERVAL 1 MONTH PRECEDING AND INTERVAL 2 MONTH FOLLOWING",
        "z; INTERVAL 50 HOURS PRECEDING AND INTERVAL 3 HOURS FOLLOWING",
        "z DESC; INTERVAL 1 MONTH PRECEDING AND INTERVAL 14 MONTHS FOLLOWING",
        "n; INTERVAL 36 HOURS PRECEDING AND UNBOUNDED FOLLOWING",
        "n DESC; INTERVAL 1 MONTH PRECEDING AND INTERVAL 2 MONTHS FOLLOWING"
      })
  void rangesOfValues(String order, String bounds) {
    String sql = OF_RANGES.formatted(order, bounds);
    boolean times = order.matches("[tzn]\\b.*");
    for (String zone : times ? List.of("UTC", "America/Los_Angeles") : List.of("UTC")) {
      for (String ansi : List.of("true", "false")) {
        KronosSession.under(
            Map.of("spark.sql.ansi.enabled", ansi, "spark.sql.session.timeZone", zone),
            () -> assertSame(sql));
      }
    }
  }

  /** One more digit, which sums of keys and offsets may have, would be one too many. */
  @Test
  void rangesOverTheWidestDecimalsStayOnTheCpu() {
    String sql =
        "SELECT count(*) OVER (ORDER BY v RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS a FROM"
            + " (SELECT cast(w AS decimal(38, 3)) AS v FROM windowed)";
    assertSameWithFallback(sql);
    assertThat(KronosExplain.reasons(KronosSession.planOf(sql)))
        .anyMatch(reason -> reason.contains("bound of a range of values is not supported"));
  }

  /** Where clocks are put forward, a later time may be an earlier one a day before. */
  @Test
  void rangesOfTimesFollowTheClock() {
    KronosSession.under(
        Map.of("spark.sql.session.timeZone", "America/Los_Angeles"),
        () -> {
          for (String start : List.of("1615190400", "1635750000")) {
            for (String order : List.of("z", "z DESC")) {
              assertSame(
                  ("SELECT z, count(*) OVER (ORDER BY %s RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND"
                          + " INTERVAL 1 DAY FOLLOWING) AS a, min(z) OVER (ORDER BY %1$s RANGE"
                          + " BETWEEN INTERVAL 2 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING) AS b"
                          + " FROM (SELECT timestamp_seconds(%s + id * 600) AS z"
                          + " FROM range(2000))")
                      .formatted(order, start));
            }
          }
        });
  }

  /** Sums of keys and offsets wrap around outside of ANSI mode, and fail in it where needed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tinyint; id - 3 + if(id < 3, -125, 125); 1 PRECEDING AND 3 FOLLOWING",
        "smallint; 32767 - id % 7; 3 PRECEDING AND 1 FOLLOWING",
        "int; 2147483647 - id; 3 FOLLOWING AND 4 FOLLOWING",
        "int; -2147483648 + id; 4 PRECEDING AND 1 PRECEDING",
        "bigint; 9223372036854775807 - id % 3; CURRENT ROW AND 5 FOLLOWING",
        "bigint; -9223372036854775807 + id; 5 PRECEDING AND UNBOUNDED FOLLOWING"
      })
  void rangesWhereBoundsOverflow(String type, String key, String bounds) {
    for (String order : List.of("ASC", "DESC", "ASC NULLS LAST")) {
      String sql =
          "SELECT v, count(*) OVER (ORDER BY v %s RANGE BETWEEN %s) AS a FROM (SELECT CASE WHEN id"
              + " <> 4 THEN cast(%s AS %s) END AS v FROM range(6))";
      String query = sql.formatted(order, bounds, key, type);
      KronosSession.under(Map.of("spark.sql.ansi.enabled", "false"), () -> assertSame(query));
      assertSameOutcome(query);
    }
  }

  private static void assertSameOutcome(String sql) {
    if (catchThrowable(() -> KronosSession.onCpu(sql)) == null) {
      assertSame(sql);
    } else {
      assertSameError(sql);
    }
  }

  /** Thirty partitions have two rows each that are kept; before the exchange there are more. */
  @Test
  void metricsTellWhatNodesDid() {
    List<NodeRun> runs =
        PlanReport.kronosRuns(
            KronosSession.planOf(
                "SELECT id, r FROM (SELECT id, rank() OVER (PARTITION BY k ORDER BY id) AS r FROM"
                    + " windowed) WHERE r <= 2"));
    List<NodeRun> windows =
        runs.stream().filter(run -> run.name().startsWith("KronosWindow")).toList();
    assertThat(windows)
        .extracting(NodeRun::name)
        .containsExactly("KronosWindow", "KronosWindowGroupLimit", "KronosWindowGroupLimit");
    assertThat(windows).extracting(run -> run.metrics().get("numOutputRows")).startsWith(60L, 60L);
    assertThat(windows.get(2).metrics().get("numOutputRows")).isGreaterThan(60);
    for (NodeRun run : windows) {
      assertThat(run.metrics().get("dispatches")).as(run.name()).isPositive();
      assertThat(run.metrics().get("numOutputBatches")).as(run.name()).isPositive();
    }
  }

  @Test
  void takesValuesOfOtherRows() {
    assertSame(
        "SELECT id, lag(i) OVER w AS a, lead(s, 2) OVER w AS b, lag(d, 3, 0.5bd) OVER w AS c,"
            + " lead(i, 1) IGNORE NULLS OVER w AS e, lag(i, 2, k) IGNORE NULLS OVER w AS g,"
            + " first(i) OVER w AS h, last(i) OVER w AS j, first(s) IGNORE NULLS OVER w AS m,"
            + " last(s) IGNORE NULLS OVER w AS n, nth_value(i, 3) OVER w AS o, nth_value(i, 2)"
            + " IGNORE NULLS OVER w AS p, lead(i, -1) OVER w AS q, lag(i, 0) OVER w AS r,"
            + " any_value(s) OVER w AS t, any_value(s, true) OVER w AS u FROM windowed WINDOW w AS (PARTITION BY k ORDER BY id)");
  }

  /** One partition has nine tenths of all rows, the others one row each; batches are small. */
  @Test
  void partitionsSpanBatches() {
    KronosSession.under(
        Map.of("spark.kronos.sql.batchRows", "8192"),
        () -> {
          String sql =
              "SELECT id, row_number() OVER (PARTITION BY k ORDER BY v, id) AS a, sum(v) OVER"
                  + " (PARTITION BY k ORDER BY v) AS b, max(v) OVER (PARTITION BY k) AS c,"
                  + " avg(id) OVER (PARTITION BY k ORDER BY v, id ROWS 9 PRECEDING) AS e"
                  + " FROM skewed";
          assertSame(sql);
          assertThat(PlanReport.kronosNodes(KronosSession.planOf(sql))).contains("KronosWindow");
          assertSame(
              "SELECT id, sum(v / 8.0D) OVER (PARTITION BY k ORDER BY id ROWS BETWEEN 70 PRECEDING"
                  + " AND 70 FOLLOWING) AS a, avg(v / 8.0D) OVER (PARTITION BY k ORDER BY id) AS b,"
                  + " count(*) OVER (PARTITION BY k ORDER BY id RANGE BETWEEN 50 PRECEDING AND 9"
                  + " FOLLOWING) AS c FROM skewed");
          assertSame(
              "SELECT id, sum(v) OVER (ORDER BY id) AS a, ntile(9) OVER (ORDER BY id) AS b"
                  + " FROM skewed");
        });
  }

  @Test
  void worksAboveAndBelowOtherNodes() {
    assertSame(
        "SELECT k, sum(x) AS y FROM (SELECT k, l, rank() OVER (PARTITION BY k ORDER BY l) + i AS x"
            + " FROM windowed WHERE id > 100) WHERE x < 50 GROUP BY k");
    assertSame(
        "SELECT k, n, sum(n) OVER (ORDER BY k) AS a FROM (SELECT k, count(*) AS n FROM windowed"
            + " GROUP BY k)");
  }

  /** Spark makes a window of the limit, which gives out columns besides its rank. */
  @Test
  void ranksRowsOfCorrelatedSubqueries() {
    String sql =
        "SELECT id, (SELECT b.i FROM windowed b WHERE b.k = a.k ORDER BY b.id DESC LIMIT 1) AS c"
            + " FROM windowed a WHERE s IS NOT NULL";
    assertThat(PlanReport.kronosNodes(KronosSession.planOf(sql))).contains("KronosWindow");
    assertSame(sql);
  }

  @Test
  void failsAsSparkDoes() {
    assertSameError("SELECT sum(l * 4000000000) OVER (PARTITION BY k ORDER BY id) FROM windowed");
    assertSameError("SELECT sum(9223372036854775807 - abs(i)) OVER (PARTITION BY k) FROM windowed");
    assertSameError("SELECT max(10 / (id - 5)) OVER (PARTITION BY k) FROM windowed");
  }

  /** Spark's error names the sum, which is more than its type holds; this one does not. */
  @Test
  void failsWhereASumOfDecimalsDoesNotFit() {
    String sql =
        "SELECT sum(cast('9' || repeat('0', 36) AS decimal(38,0))) OVER (PARTITION BY id % 2)"
            + " FROM windowed";
    assertThatThrownBy(() -> KronosSession.onCpu(sql))
        .hasStackTraceContaining("NUMERIC_VALUE_OUT_OF_RANGE");
    assertThatThrownBy(() -> KronosSession.onDevice(sql))
        .hasStackTraceContaining("Overflow in sum of decimals");
  }
}

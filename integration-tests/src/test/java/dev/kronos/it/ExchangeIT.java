// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges columns between stages, with adaptive execution and without, in all that it does. */
class ExchangeIT extends SessionTest {
  private static final String EXCHANGE = "KronosShuffleExchange";

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    write(
        "wide",
        "SELECT id, cast(id % 97 AS int) AS k, id % 2 = 0 AS b, cast(id % 100 AS tinyint) AS y,"
            + " cast(id % 1000 AS smallint) AS h, cast(id AS float) / 7 AS f, cast(id AS double) /"
            + " 3 AS d, cast(id % 5000 AS decimal(9,2)) AS n, cast(id AS decimal(18,4)) AS m,"
            + " cast(id AS decimal(38,10)) * 1000000 AS w, date_add(DATE'2020-01-01', cast(id % 900"
            + " AS int)) AS t, timestamp_micros(id * 1234567) AS s, cast(timestamp_micros(id) AS"
            + " timestamp_ntz) AS z, CASE WHEN id % 5 = 0 THEN null ELSE repeat('é' || id, cast(id"
            + " % 9 AS int)) END AS c FROM range(6000)");
    write("skewed", "SELECT id, if(id % 10 < 9, 1, id) AS k FROM range(20000)");
    write("small", "SELECT id AS k, 'name ' || id AS name FROM range(97)");
    write("none", "SELECT id, cast(id AS int) AS k, 'x' AS c FROM range(0)");
  }

  private static void write(String table, String sql) {
    KronosSession.write(folder, table, sql, 4);
  }

  private static long exchanges(String sql) {
    return Collections.frequency(KronosSession.kronosNodes(sql), EXCHANGE);
  }

  private static void with(boolean adaptive, Runnable body) {
    KronosSession.under(Map.of("spark.sql.adaptive.enabled", Boolean.toString(adaptive)), body);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void groups(boolean adaptive) {
    String sql = "SELECT k, count(*), sum(m), min(t), max(w) FROM wide GROUP BY k";
    with(
        adaptive,
        () -> {
          assertSame(sql);
          assertThat(exchanges(sql)).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneGroup(boolean adaptive) {
    String sql = "SELECT count(*), sum(m), max(d) FROM wide WHERE id > 7";
    with(
        adaptive,
        () -> {
          assertSame(sql);
          assertThat(exchanges(sql)).isEqualTo(1);
        });
  }

  /** Rows of every type are told to partitions by each of their columns. */
  @ParameterizedTest
  @ValueSource(
      strings = {"k", "b", "y", "h", "f", "d", "n", "m", "w", "t", "s", "z", "c", "c, w, k"})
  void rowsOfEveryType(String keys) {
    String sql = "SELECT /*+ REPARTITION(7, " + keys + ") */ * FROM wide WHERE id % 3 < 2";
    assertSame(sql);
    assertThat(exchanges(sql)).isEqualTo(1);
  }

  @Test
  void rowsByAnExpression() {
    String sql = "SELECT id, c FROM wide WHERE id > 5 DISTRIBUTE BY id + 1, c";
    assertSame(sql);
    assertThat(exchanges(sql)).isEqualTo(1);
  }

  /** The same rows are in the same partitions as Spark puts them. */
  @ParameterizedTest
  @CsvSource({"k, true", "c, false", "w, true", "f, false"})
  void partitionsAreSparks(String key, boolean adaptive) {
    String sql =
        "SELECT spark_partition_id(), count(*), sum(id) FROM"
            + " (SELECT /*+ REPARTITION(7, "
            + key
            + ") */ * FROM wide WHERE id % 3 < 2) GROUP BY 1";
    KronosSession.under(
        Map.of(
            "spark.sql.adaptive.enabled",
            Boolean.toString(adaptive),
            "spark.sql.adaptive.coalescePartitions.enabled",
            "false"),
        () -> {
          assertSameWithFallback(sql);
          assertThat(exchanges(sql)).isPositive();
        });
  }

  /** One side of the join is exchanged by Spark: equal keys meet all the same. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void joinsWithRowsThatSparkExchanges(boolean adaptive) {
    KronosSession.under(
        Map.of(
            "spark.sql.adaptive.enabled",
            Boolean.toString(adaptive),
            "spark.sql.autoBroadcastJoinThreshold",
            "-1"),
        () -> {
          assertSameWithFallback(
              "SELECT a.k, a.n, name FROM (SELECT cast(k AS bigint) AS k, count(*) AS n FROM wide"
                  + " GROUP BY k) a JOIN small b ON a.k = b.k");
          assertSameWithFallback(
              "SELECT a.id, name FROM (SELECT id, cast(k AS bigint) + 1 AS k FROM wide WHERE id >"
                  + " 9) a JOIN (SELECT k + 1 AS k, sha2(name, 256) AS name FROM small) b ON a.k ="
                  + " b.k");
        });
  }

  @Test
  void smallPartitionsAreReadTogether() {
    KronosSession.under(
        Map.of("spark.sql.shuffle.partitions", "40"),
        () -> {
          String sql = "SELECT k, count(*), sum(id) FROM wide GROUP BY k";
          assertSame(sql);
          assertThat(KronosSession.planOf(sql).toString()).contains("AQEShuffleRead coalesced");
        });
  }

  @Test
  void manyPartitionsOfFewRows() {
    KronosSession.under(
        Map.of(
            "spark.sql.shuffle.partitions", "300",
            "spark.sql.adaptive.coalescePartitions.enabled", "false"),
        () -> assertSame("SELECT c, count(*), sum(id) FROM wide GROUP BY c"));
  }

  @Test
  void skewedPartitionsAreReadInParts() {
    KronosSession.under(
        Map.of(
            "spark.sql.autoBroadcastJoinThreshold", "-1",
            "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes", "1000",
            "spark.sql.adaptive.skewJoin.skewedPartitionFactor", "1",
            "spark.sql.adaptive.advisoryPartitionSizeInBytes", "2000"),
        () ->
            assertSameWithFallback(
                "SELECT count(*), sum(a.id) FROM (SELECT id + 1 AS id, k FROM skewed) a"
                    + " JOIN (SELECT k + 0 AS k, name FROM small) b ON a.k = b.k"));
  }

  @Test
  void localReaderAfterADecisionToBroadcast() {
    KronosSession.under(
        Map.of(
            "spark.sql.autoBroadcastJoinThreshold", "-1",
            "spark.sql.adaptive.autoBroadcastJoinThreshold", "10MB"),
        () ->
            assertSameWithFallback(
                "SELECT a.id, name FROM (SELECT id, k + 0L AS k FROM wide WHERE id > 3) a"
                    + " JOIN (SELECT k + 0 AS k, name FROM small WHERE k < 5) b ON a.k = b.k"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void reusesAnExchange(boolean adaptive) {
    String part = "(SELECT k, count(*) AS n FROM wide GROUP BY k)";
    with(
        adaptive,
        () -> {
          String sql = part + " UNION ALL " + part;
          assertSameWithFallback(sql);
          assertThat(KronosSession.planOf(sql).toString()).contains("ReusedExchange");
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingAtAll(boolean adaptive) {
    with(
        adaptive,
        () -> {
          assertSame("SELECT k, count(*) FROM none GROUP BY k");
          assertSame("SELECT count(*), sum(k) FROM none");
          assertSame("SELECT /*+ REPARTITION(3, k) */ id + 1, k, c FROM none");
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKeyThatFailsRaisesSparksError(boolean adaptive) {
    with(
        adaptive,
        () ->
            assertSameError(
                "SELECT id FROM wide WHERE id > 5 DISTRIBUTE BY cast(id AS int) + 2147483000"));
  }

  @Test
  void smallBatchesOfManyMapTasks() {
    KronosSession.under(
        Map.of("spark.kronos.sql.batchRows", "256"),
        () -> assertSame("SELECT k, c, count(*), sum(n) FROM wide GROUP BY k, c"));
  }

  @Test
  void ordersAndLimitsBehindAnExchange() {
    String sql = "SELECT k, count(*) AS n FROM wide GROUP BY k ORDER BY n DESC, k LIMIT 5";
    Answer expected = KronosSession.onCpu(sql);
    Answer actual = Answer.of(KronosSession.spark().sql(sql));
    assertThat(AnswerComparator.difference(expected, actual)).isEmpty();
    assertThat(List.of(EXCHANGE)).allMatch(KronosSession.kronosNodes(sql)::contains);
  }
}

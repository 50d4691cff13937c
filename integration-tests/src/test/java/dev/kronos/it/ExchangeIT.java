// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.plans.PlanReport;
import dev.kronos.spark.exec.KronosShuffleExchangeExec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.shuffle.sort.SerializedShuffleHandle;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  /** A task writes one file in the order of partitions, however few of them there are. */
  @Test
  void fewPartitionsAreWrittenAsManyAre() {
    String sql = "SELECT /*+ REPARTITION(3, k) */ * FROM wide WHERE id % 3 < 2";
    assertThat(PlanReport.nodes(KronosSession.planOf(sql)))
        .filteredOn(KronosShuffleExchangeExec.class::isInstance)
        .hasSize(1)
        .extracting(node -> ((KronosShuffleExchangeExec) node).shuffleDependency().shuffleHandle())
        .hasOnlyElementsOfType(SerializedShuffleHandle.class);
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

  /** Rows of every type are told to ranges by each of their columns. */
  @ParameterizedTest
  @ValueSource(
      strings = {"k", "b", "y", "h", "f", "d", "n", "m", "w", "t", "s", "z", "c", "c, w, k"})
  void rangesOfEveryType(String keys) {
    String sql = "SELECT /*+ REPARTITION_BY_RANGE(7, " + keys + ") */ * FROM wide WHERE id % 3 < 2";
    assertSame(sql);
    assertThat(exchanges(sql)).isEqualTo(1);
  }

  /** The same rows are in the same ranges as Spark puts them, where all rows are sampled. */
  @ParameterizedTest
  @MethodSource("keysOfRanges")
  void rangesAreSparks(boolean adaptive, Column... keys) {
    KronosSession.under(
        Map.of(
            "spark.sql.adaptive.enabled", Boolean.toString(adaptive),
            "spark.sql.adaptive.coalescePartitions.enabled", "false",
            "spark.sql.execution.rangeExchange.sampleSizePerPartition", "100000"),
        () -> assertSamePartitions("count(*), sum(id)", rows -> rows.repartitionByRange(7, keys)));
  }

  static List<Arguments> keysOfRanges() {
    return List.of(
        keys(true, col("k")),
        keys(false, col("c").desc_nulls_first()),
        keys(true, col("c").asc_nulls_last(), col("w").desc()),
        keys(false, col("f")),
        keys(true, expr("id + 1").desc()),
        keys(false, expr("if(k < 3, null, k)").desc_nulls_last(), col("b"), col("id").desc()),
        keys(true, expr("if(k > 50, double('NaN'), if(k > 40, -0.0D, 0.0D))"), col("c")));
  }

  private static Arguments keys(boolean adaptive, Column... keys) {
    return Arguments.of(adaptive, keys);
  }

  /** Compares what is told of each partition, with Spark and with the plugin. */
  private static void assertSamePartitions(String told, UnaryOperator<Dataset<Row>> exchange) {
    Supplier<Dataset<Row>> query =
        () ->
            exchange
                .apply(KronosSession.spark().sql("SELECT * FROM wide WHERE id % 3 < 2"))
                .groupBy(expr("spark_partition_id() AS p"))
                .agg(expr("struct(" + told + ") AS told"))
                .selectExpr("p", "told.*");
    Answer expected =
        KronosSession.with(
            Map.of("spark.kronos.sql.enabled", "false"), () -> Answer.of(query.get()));
    Dataset<Row> actual = query.get();
    assertThat(AnswerComparator.differenceInAnyOrder(expected, Answer.of(actual))).isEmpty();
    assertThat(PlanReport.kronosNodes(PlanReport.executed(actual))).contains(EXCHANGE);
  }

  /** Each partition gets as many rows as from Spark, be they from files or from an aggregation. */
  @ParameterizedTest
  @CsvSource({"7, true", "7, false", "8, true", "1, false", "300, true"})
  void rowsAreDealtOutAsEvenly(int partitions, boolean adaptive) {
    KronosSession.under(
        Map.of(
            "spark.sql.adaptive.enabled",
            Boolean.toString(adaptive),
            "spark.sql.adaptive.coalescePartitions.enabled",
            "false"),
        () -> {
          assertSamePartitions("count(*)", rows -> rows.repartition(partitions));
          assertSamePartitions(
              "count(*)", rows -> rows.groupBy("c").count().repartition(partitions));
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyRowIsDealtOutOnce(boolean adaptive) {
    with(
        adaptive,
        () -> {
          String read = "SELECT /*+ REPARTITION(7) */ * FROM wide WHERE id % 3 < 2";
          assertSame(read);
          assertThat(KronosSession.kronosNodes(read))
              .contains(EXCHANGE)
              .doesNotContain("KronosSort");
          assertSame("SELECT /*+ REPARTITION(3) */ id + 1 FROM none");
          String made = "SELECT /*+ REPARTITION(5) */ c, count(*) AS n FROM wide GROUP BY c";
          assertSame(made);
          assertThat(KronosSession.kronosNodes(made)).contains(EXCHANGE, "KronosSort");
          assertThat(KronosSession.planOf(made).toString()).contains("xxhash64(c");
          assertSame("SELECT count(*) FROM (SELECT /*+ REPARTITION(5) */ id + 1 FROM wide)");
        });
  }

  /** Which rows a task deals out to which partition does not depend on the order that they have. */
  @Test
  void rowsAreDealtOutAlikeInAnyOrder() {
    String sql =
        "SELECT spark_partition_id() AS p, c, n FROM (SELECT /*+ REPARTITION(5) */ c, count(*) AS n"
            + " FROM wide GROUP BY c)";
    Answer first = Answer.of(KronosSession.spark().sql(sql));
    for (String batchRows : List.of("256", "1000")) {
      Answer again =
          KronosSession.with(
              Map.of("spark.kronos.sql.batchRows", batchRows),
              () -> Answer.of(KronosSession.spark().sql(sql)));
      assertThat(AnswerComparator.differenceInAnyOrder(first, again)).isEmpty();
    }
  }

  /** Where a task that runs again may deal its rows out otherwise, Spark's scheduler knows. */
  @Test
  void theSchedulerIsToldWhatMayNotBeRepeated() {
    String grouped = "SELECT /*+ REPARTITION(5) */ c, %s FROM wide GROUP BY c";
    with(
        false,
        () -> {
          assertThat(level("SELECT /*+ REPARTITION(5) */ id + 1, d FROM wide WHERE k > 3"))
              .isEqualTo("DETERMINATE");
          assertThat(level(grouped.formatted("count(*)"))).isEqualTo("UNORDERED");
          assertThat(level(grouped.formatted("max(d)"))).isEqualTo("INDETERMINATE");
        });
    KronosSession.under(
        Map.of(
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.execution.sortBeforeRepartition", "false"),
        () -> {
          assertSame(grouped.formatted("count(*)"));
          assertThat(level(grouped.formatted("count(*)"))).isEqualTo("INDETERMINATE");
        });
  }

  private static String level(String sql) {
    SparkPlan plan = KronosSession.planOf(sql);
    while (!(plan instanceof KronosShuffleExchangeExec)) {
      plan = plan.children().head();
    }
    return ((KronosShuffleExchangeExec) plan)
        .shuffleDependency()
        .rdd()
        .outputDeterministicLevel()
        .toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"REBALANCE", "REBALANCE(k)", "REBALANCE(9)", "REPARTITION"})
  void hintsThatLeavePartitionsToSpark(String hint) {
    KronosSession.under(
        Map.of(
            "spark.sql.shuffle.partitions", "13",
            "spark.sql.adaptive.advisoryPartitionSizeInBytes", "20000"),
        () -> {
          assertSame("SELECT /*+ " + hint + " */ id + 1, k FROM skewed");
          assertSame("SELECT /*+ " + hint + " */ * FROM wide WHERE id % 3 < 2");
        });
  }

  /** Bounds are of a few rows; what they are, no row is lost or in two ranges. */
  @Test
  void rangesOfASmallSample() {
    KronosSession.under(
        Map.of("spark.sql.execution.rangeExchange.sampleSizePerPartition", "2"),
        () -> {
          assertSame("SELECT /*+ REPARTITION_BY_RANGE(20, c, k) */ * FROM wide WHERE id % 3 < 2");
          assertSame("SELECT /*+ REPARTITION_BY_RANGE(20, k) */ id + 1, k FROM skewed");
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
                  + " 9) a JOIN (SELECT k + 1 AS k, regexp_replace(name, '@', '') AS name FROM small) b"
                  + " ON a.k = b.k");
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
          assertSame("SELECT /*+ REPARTITION_BY_RANGE(3, k) */ id + 1, k, c FROM none");
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKeyOfARangeThatFailsRaisesSparksError(boolean adaptive) {
    with(
        adaptive,
        () ->
            assertSameError(
                "SELECT id FROM wide WHERE id > 5 ORDER BY cast(id AS int) + 2147483000"));
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

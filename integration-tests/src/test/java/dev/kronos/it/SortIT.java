// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.plans.PlanReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares sorts, first rows, limits, unions and expansions with plain Spark, in strict mode. */
class SortIT extends SessionTest {
  private static final List<String> ORDERS =
      List.of("ASC NULLS FIRST", "ASC NULLS LAST", "DESC NULLS FIRST", "DESC NULLS LAST");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    write(
        "unsorted",
        "SELECT id, if(id % 11 = 0, null, cast(id * 7919 % 1009 AS int)) AS k, if(id % 13 = 0,"
            + " null, concat(repeat('ab', cast(id % 5 AS int)), 'é', id % 97)) AS s, cast(id *"
            + " 104729 % 99991 AS decimal(15,2)) AS d, cast(cast(id * 104729 % 99991 AS string) ||"
            + " '123456789012345' AS decimal(30,3)) AS w, id % 3 = 0 AS b,"
            + " date_add(DATE'2000-01-01', cast(id * 31 % 400 AS int)) AS t, CASE id % 9 WHEN 1"
            + " THEN double('NaN') WHEN 2 THEN -0.0D WHEN 3 THEN 0.0D WHEN 4 THEN"
            + " double('-Infinity') WHEN 5 THEN null ELSE (id * 7919 % 1009 - 500) / 8.0D END AS f"
            + " FROM range(3000)");
    write("few", "SELECT id, cast(id AS int) AS k, cast(id AS string) AS s FROM range(5)");
    write("none", "SELECT id, cast(id AS int) AS k, cast(id AS string) AS s FROM range(0)");
  }

  private static void write(String table, String sql) {
    KronosSession.write(folder, table, sql, 3);
  }

  private static void assertSameOrder(String sql) {
    Answer expected = KronosSession.onCpu(sql);
    Answer actual = KronosSession.onDevice(sql);
    assertThat(AnswerComparator.difference(expected, actual)).as(sql).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "s", "d", "w", "b", "t", "f"})
  void sortsByEveryType(String column) {
    for (String order : ORDERS) {
      assertSameOrder("SELECT * FROM unsorted ORDER BY %s %s, id".formatted(column, order));
    }
  }

  @Test
  void sortsBySeveralKeysAndExpressions() {
    assertSameOrder("SELECT s, f, id FROM unsorted ORDER BY b DESC, f, s DESC NULLS LAST, id");
    assertSameOrder("SELECT id, k FROM unsorted WHERE k > 300 ORDER BY k % 10 DESC, k * -2, id");
    assertSameOrder("SELECT id + k AS x FROM unsorted WHERE b ORDER BY x NULLS LAST, d, id");
    assertSameOrder("SELECT * FROM none ORDER BY s, k");
    assertSameOrder("SELECT k, sum(d) AS x FROM unsorted GROUP BY k ORDER BY x DESC, k");
  }

  /** Ranges, sorts and all that is between run on the device, in as many partitions as told. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sortsAllRowsInManyPartitions(boolean adaptive) {
    KronosSession.under(
        Map.of(
            "spark.sql.adaptive.enabled", Boolean.toString(adaptive),
            "spark.sql.adaptive.coalescePartitions.enabled", "false",
            "spark.sql.shuffle.partitions", "40"),
        () -> {
          String sql = "SELECT id, s, f FROM unsorted ORDER BY f DESC, s, id";
          assertSameOrder(sql);
          assertSameOrder("SELECT * FROM unsorted ORDER BY s DESC NULLS LAST, w, id");
          assertSameOrder("SELECT k, sum(d) AS x FROM unsorted GROUP BY k ORDER BY x DESC, k");
          assertSameOrder("SELECT b, id FROM unsorted WHERE k > 7 ORDER BY b, id DESC");
          SparkPlan plan = KronosSession.planOf(sql);
          assertThat(PlanReport.kronosNodes(plan)).contains("KronosShuffleExchange");
          assertThat(plan.toString()).doesNotContain(" Exchange ").contains("rangepartitioning");
        });
  }

  /** Partitions of very different sizes are sampled alike; so are those without rows. */
  @Test
  void sortsAllRowsOfUnequalPartitions() {
    String few = " UNION ALL SELECT -id, k, s FROM few";
    String none = " UNION ALL SELECT id, k, s FROM none";
    String all = "SELECT id, k, s FROM unsorted" + few.repeat(6) + none.repeat(3);
    KronosSession.under(
        Map.of("spark.sql.shuffle.partitions", "11"),
        () -> assertSameOrder("SELECT * FROM (" + all + ") ORDER BY s DESC, k, id"));
  }

  @Test
  void sortsWithinPartitions() {
    assertSame("SELECT * FROM unsorted SORT BY s, k");
  }

  @Test
  void takesTheFirstRows() {
    assertSameOrder("SELECT id, s FROM unsorted ORDER BY s DESC, id LIMIT 20");
    assertSameOrder("SELECT id * 2 AS x, f FROM unsorted ORDER BY f, id LIMIT 9 OFFSET 4");
    assertSameOrder("SELECT * FROM unsorted WHERE k < 50 ORDER BY k, id LIMIT 5000");
    assertSameOrder("SELECT s FROM none ORDER BY k LIMIT 3");
    assertSameOrder("SELECT * FROM few ORDER BY k DESC LIMIT 3 OFFSET 10");
    assertSameOrder("SELECT s, count(*) AS n FROM unsorted GROUP BY s ORDER BY n DESC, s LIMIT 7");
    assertSame(
        "SELECT count(*), sum(x) FROM (SELECT id AS x FROM unsorted ORDER BY id DESC LIMIT 10)");
  }

  @Test
  void failsAsSparkDoesWhereAKeyFails() {
    assertSameError("SELECT id FROM unsorted ORDER BY 10 / (id - 5), id");
  }

  @Test
  void limitsRowsBelowOtherNodes() {
    assertSame("SELECT count(*) FROM (SELECT * FROM unsorted WHERE b LIMIT 17)");
    assertSame("SELECT count(k), max(id) FROM (SELECT * FROM few LIMIT 10)");
    assertSame("SELECT count(*) FROM (SELECT id + 1 FROM unsorted LIMIT 30 OFFSET 12)");
    assertSame("SELECT sum(x) FROM (SELECT id + 1 AS x FROM few LIMIT 100 OFFSET 0)");
    assertSame("SELECT sum(k) FROM (SELECT * FROM none LIMIT 10 OFFSET 2)");
    assertSameOrder("SELECT id, s FROM few ORDER BY id LIMIT 10 OFFSET 3");
  }

  @Test
  void unitesRows() {
    assertSame(
        "SELECT k, s FROM unsorted WHERE k > 500 UNION ALL SELECT k + 1, s FROM few WHERE k > 1");
    assertSame("SELECT k, s FROM few UNION SELECT k, s FROM unsorted");
    assertSame(
        "SELECT x, count(*) FROM (SELECT k AS x FROM few UNION ALL SELECT null"
            + " UNION ALL SELECT k FROM unsorted) GROUP BY x");
    assertSame("SELECT sum(k) FROM (SELECT * FROM none UNION ALL SELECT * FROM none)");
  }

  @Test
  void unionsOfChildrenThatArePartitionedAlikeKeepTheirPartitions() {
    assertSame(
        "SELECT k, count(*) FROM (SELECT k FROM few GROUP BY k"
            + " UNION ALL SELECT k FROM unsorted GROUP BY k"
            + " UNION ALL SELECT k FROM few GROUP BY k) GROUP BY k");
  }

  @Test
  void expandsRows() {
    assertSame("SELECT b, t, count(*), sum(d) FROM unsorted GROUP BY ROLLUP (b, t)");
    assertSame("SELECT b, k % 3, count(*), grouping_id() FROM unsorted GROUP BY CUBE (b, k % 3)");
    assertSame(
        "SELECT s, k, sum(id) FROM unsorted WHERE id < 300 GROUP BY s, k"
            + " GROUPING SETS ((s), (k), (s, k), ())");
    assertSame("SELECT b, count(DISTINCT k), count(DISTINCT t) FROM unsorted GROUP BY b");
    assertSame("SELECT count(DISTINCT k), count(DISTINCT s), sum(id) FROM unsorted");
  }

  @Test
  void coalescesPartitions() {
    assertSame("SELECT /*+ COALESCE(1) */ id, k + 1 FROM unsorted WHERE k > 10");
    assertSame("SELECT /*+ COALESCE(2) */ id, k + 1 FROM none");
  }

  @Test
  void doesTheSameWithoutAdaptiveExecution() {
    KronosSession.under(
        Map.of("spark.sql.adaptive.enabled", "false"),
        () -> {
          assertSameOrder("SELECT id, s, f FROM unsorted ORDER BY f DESC, s, id");
          takesTheFirstRows();
          limitsRowsBelowOtherNodes();
          unitesRows();
          expandsRows();
          coalescesPartitions();
        });
  }
}

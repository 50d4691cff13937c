// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the places where plans and batches are unusual: empty, tiny, all null, cut short, failing.
 */
class EdgeCaseIT extends SessionTest {
  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    SparkSession spark = KronosSession.spark();
    write(
        "many",
        "SELECT id, cast(id % 7 AS int) AS k, cast(id AS decimal(15,2)) AS d FROM range(10000)");
    write("empty", "SELECT id, cast(id AS int) AS k FROM range(0)");
    write("one", "SELECT 42L AS id, 'x' AS s");
    write("nulls", "SELECT cast(null AS int) AS a, cast(null AS string) AS s FROM range(1000)");
    write("wide_strings", "SELECT repeat(cast(id AS string), 100) AS s FROM range(2000)");
    spark.sql("SELECT 1").collectAsList();
  }

  private static void write(String table, String sql) {
    KronosSession.write(folder, table, sql, 3);
  }

  @Test
  void emptyTable() {
    assertSame("SELECT count(*), sum(k), min(id) FROM empty");
    assertSame("SELECT k, count(*) FROM empty GROUP BY k");
    assertSame("SELECT id + 1 FROM empty WHERE k > 3");
  }

  @Test
  void oneRow() {
    assertSame("SELECT id * 2, s FROM one WHERE id = 42");
    assertSame("SELECT s, sum(id) FROM one GROUP BY s");
  }

  @Test
  void allNullColumns() {
    assertSame("SELECT count(a), count(*), sum(a), min(a), avg(a) FROM nulls");
    assertSame("SELECT a, s, count(*) FROM nulls GROUP BY a, s");
    assertSame("SELECT a + 1, s FROM nulls WHERE a IS NULL");
  }

  @Test
  void zeroColumns() {
    assertSame("SELECT count(*) FROM many");
    assertSame("SELECT count(*) FROM many WHERE k = 3");
  }

  @Test
  void distinctValuesOfOneColumn() {
    assertSame("SELECT count(DISTINCT k) FROM many");
    assertSame("SELECT k, sum(DISTINCT id) FROM many GROUP BY k");
  }

  @Test
  void errorsThatGiveNull() {
    assertSame(
        "SELECT try_add(id, 9223372036854775000), try_subtract(-id, 9223372036854775000),"
            + " try_multiply(id, 922337203685477580), try_divide(d, k), try_mod(id, k),"
            + " try_cast(id AS tinyint) FROM many");
  }

  @Test
  void everyRowFiltered() {
    assertSame("SELECT id, d FROM many WHERE k > 100");
  }

  @Test
  void limitStopsEarly() {
    assertThat(
            KronosSession.spark()
                .sql("SELECT id + 1 FROM many WHERE k < 5 LIMIT 7")
                .collectAsList())
        .hasSize(7);
  }

  @Test
  void limitOfZero() {
    assertThat(KronosSession.spark().sql("SELECT id + 1 FROM many LIMIT 0").collectAsList())
        .isEmpty();
  }

  @Test
  void longStringsSurvive() {
    assertSame("SELECT s FROM wide_strings WHERE s > '5'");
    assertSame("SELECT s, count(*) FROM wide_strings GROUP BY s");
  }

  @Test
  void manyGroupsGrowTheTable() {
    assertSame("SELECT id, sum(d), count(*) FROM many GROUP BY id");
  }

  @Test
  void failingTaskReportsItsOwnErrorAndLeaksNothing() {
    assertThatThrownBy(
            () ->
                KronosSession.spark()
                    .sql("SELECT sum(id), max(raise_error('stop here')) FROM many WHERE k < 5")
                    .collectAsList())
        .hasStackTraceContaining("stop here");
  }

  @Test
  void adaptiveExecutionOff() {
    KronosSession.under(
        Map.of("spark.sql.adaptive.enabled", "false"),
        () -> assertSame("SELECT k, sum(d), avg(d), count(*) FROM many GROUP BY k"));
  }

  @Test
  void codeGenerationOff() {
    KronosSession.under(
        Map.of("spark.sql.codegen.wholeStage", "false"),
        () -> assertSameWithFallback("SELECT k, sum(d), avg(d), count(*) FROM many GROUP BY k"));
  }
}

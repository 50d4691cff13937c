// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.memory.MemoryPools;
import dev.kronos.spark.KronosExecutor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts distinct values approximately, and compares the estimates with Spark's own. */
class DistinctCountIT extends SessionTest {
  private static final long BUDGET_BYTES = 16L << 20;

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    KronosSession.write(
        folder,
        "counted",
        "SELECT id, cast(id % 5 AS int) AS few, id % 3000 AS many,"
            + " if(id % 11 = 0, null, cast(pow(10, id % 6) AS bigint) + id % 7 * (id % 1000)) AS n,"
            + " if(id % 5 = 3, null, id * 7919) AS sparse,"
            + " id % 3 = 0 AS b, cast(id % 100 AS tinyint) AS i8, cast(id AS smallint) AS i16,"
            + " cast(id % 999 AS int) AS i32,"
            + " CASE id % 9 WHEN 0 THEN cast('NaN' AS float) WHEN 1 THEN -0.0F WHEN 2 THEN 0.0F"
            + " ELSE id / 4F END AS f32,"
            + " CASE id % 9 WHEN 0 THEN cast('NaN' AS double) WHEN 1 THEN -0.0D WHEN 2 THEN 0.0D"
            + " WHEN 3 THEN double('Infinity') ELSE id / 8D END AS f64,"
            + " date_add(DATE'1960-01-01', cast(id % 777 AS int)) AS d,"
            + " timestamp_micros(id * 1000003) AS t, cast(timestamp_micros(id) AS timestamp_ntz)"
            + " AS ntz, cast(id / 7 AS decimal(9,2)) AS d9, cast(id AS decimal(30,4)) AS d30,"
            + " if(id % 13 = 0, '', concat('\u00fc', id % 1234)) AS s FROM range(20000)",
        3);
  }

  private static final List<String> COLUMNS =
      List.of(
          "b", "i8", "i16", "i32", "n", "f32", "f64", "d", "t", "ntz", "d9", "d30", "s", "sparse");

  /** Takes few registers, for each word of them is a column. */
  @Test
  void valuesOfAllTypes() {
    for (List<String> columns : inParts(COLUMNS, 7)) {
      List<String> counts =
          columns.stream().map(c -> "approx_count_distinct(" + c + ", 0.15) AS c_" + c).toList();
      assertSame("SELECT " + String.join(", ", counts) + " FROM counted");
    }
  }

  @Test
  void groups() {
    assertSame(
        "SELECT few, approx_count_distinct(n), approx_count_distinct(s), count(*), sum(id)"
            + " FROM counted GROUP BY few");
    assertSame("SELECT many, approx_count_distinct(f64) FROM counted GROUP BY many");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.39", "0.1"})
  void errorsThatAreAllowed(String error) {
    assertSame("SELECT approx_count_distinct(sparse, " + error + ") FROM counted");
    assertSame("SELECT few, approx_count_distinct(n, " + error + ") FROM counted GROUP BY few");
  }

  /** From linear counting through corrected estimates to those that need no correction. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 440, 1500, 9999})
  void sizes(int values) {
    String below = "(SELECT * FROM counted WHERE id < " + values + ")";
    assertSame(
        "SELECT approx_count_distinct(id), approx_count_distinct(id, 0.2),"
            + " approx_count_distinct(id, 0.1) FROM "
            + below);
  }

  @Test
  void filtersAndMadeStrings() {
    assertSame(
        "SELECT few, approx_count_distinct(id) FILTER (WHERE many > 2000),"
            + " approx_count_distinct(upper(s)), max(s) FROM counted GROUP BY few");
    assertSame("SELECT approx_count_distinct(n) FROM counted WHERE n IS NULL");
  }

  @Test
  void besideExactCounts() {
    assertSame(
        "SELECT few, approx_count_distinct(n, 0.1), count(DISTINCT many) FROM counted"
            + " GROUP BY few");
  }

  /** Either half may be Spark's: what is not known on the device is below or above one of them. */
  @Test
  void eitherHalfMayStayOnTheCpu() {
    String below =
        "SELECT few, approx_count_distinct(regexp_replace(s, '[1-3]', '')) FROM counted"
            + " GROUP BY few";
    assertSameWithFallback(below);
    assertThat(KronosSession.kronosNodes(below)).containsOnlyOnce("KronosHashAggregate");
    String above =
        "SELECT few, regexp_replace(approx_count_distinct(n), '1', 'x') FROM counted GROUP BY few";
    assertSameWithFallback(above);
    assertThat(KronosSession.kronosNodes(above)).containsOnlyOnce("KronosHashAggregate");
  }

  @Test
  void groupsMoreThanFit() {
    MemoryPools memory = KronosExecutor.current().memory();
    memory.limitDevice(BUDGET_BYTES);
    try {
      KronosSession.under(
          Map.of("spark.sql.shuffle.partitions", "2"),
          () -> assertSame("SELECT id % 9000, approx_count_distinct(s) FROM counted GROUP BY 1"));
    } finally {
      nothingIsLeftBehind();
      memory.limitDevice(Long.MAX_VALUE);
    }
  }

  @Test
  void manyRegistersAndWindowsStayOnTheCpu() {
    assertThatThrownBy(
            () -> KronosSession.onDevice("SELECT approx_count_distinct(n, 0.01) FROM counted"))
        .hasStackTraceContaining("words of registers of distinct values a group");
    assertThatThrownBy(
            () ->
                KronosSession.onDevice(
                    "SELECT approx_count_distinct(n) OVER (ORDER BY id) FROM counted"))
        .hasStackTraceContaining("DISTINCT_ZEROS");
  }
}

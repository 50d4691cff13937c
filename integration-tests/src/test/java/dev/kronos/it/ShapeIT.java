// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares skewness and kurtosis with plain Spark. */
class ShapeIT extends SessionTest {
  private static final List<String> FUNCTIONS = List.of("skewness", "kurtosis");

  @TempDir static Path folder;

  /** Groups of many values; beside them those of one value, of equal ones and of none. */
  @BeforeAll
  static void writeTables() {
    String values =
        "SELECT id, id % 7 AS g, id % 3 = 0 AS b, cast(id * 7919 % 1009 AS int) AS k,"
            + " if(id % 13 = 0, null, pow(id * 7919 % 1009 / 100D, 3) - 40 * (id % 7)) AS x"
            + " FROM range(3000)";
    KronosSession.write(folder, "shapes", values, 3);
    String few =
        "SELECT cast(g AS bigint) AS g, x FROM VALUES (1, 1.5D), (2, 0.1D), (2, 0.1D), (2, 0.1D),"
            + " (3, 1.0D), (3, 2.0D), (3, 4.0D), (4, null), (5, null), (5, -3.0D), (6, 2.0D),"
            + " (6, double('NaN')), (7, double('inf')), (7, 1.0D), (7, 2.0D), (8, 0.0D),"
            + " (8, -0.0D), (9, 1e100D), (9, -1e100D), (9, 3e100D), (10, 1e60D), (10, 2e60D),"
            + " (10, -4e60D) AS t(g, x)";
    KronosSession.write(folder, "few_shapes", few, 2);
    KronosSession.write(folder, "no_shapes", "SELECT * FROM shapes WHERE id < 0", 1);
  }

  private static void assertEach(String sql) {
    FUNCTIONS.forEach(function -> assertSame(sql.formatted(function)));
  }

  @Test
  void ofGroupsOfAllRowsAndOfNone() {
    assertEach("SELECT g, %s(x) FROM shapes GROUP BY g");
    assertEach("SELECT %s(x) FROM shapes");
    assertEach("SELECT %s(x) FROM no_shapes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void ofFewValuesEqualOnesAndSpecialOnes(String legacy) {
    KronosSession.under(
        Map.of("spark.sql.legacy.statisticalAggregate", legacy),
        () -> assertEach("SELECT g, %s(x) FROM few_shapes GROUP BY g"));
  }

  @Test
  void besideVariancesAndMeansWhichShareTheirSums() {
    assertSame("SELECT g, var_pop(x), skewness(x), kurtosis(x), stddev(x) FROM shapes GROUP BY g");
  }

  /** Those of values that lie evenly are exactly 0 here, and next to it in Spark. */
  @Test
  void ofIntegersDistinctValuesAndWithFilters() {
    assertEach("SELECT g, %s(k) FROM shapes GROUP BY g");
    assertEach("SELECT g, %s(DISTINCT k %% 10 * (k %% 10)), count(*) FROM shapes GROUP BY g");
    assertEach("SELECT g, %s(x) FILTER (WHERE b) FROM shapes GROUP BY g");
  }

  @Test
  void overWindowsTheyStayWithSpark() {
    String sql = "SELECT id, skewness(x) OVER (PARTITION BY g ORDER BY id) AS c FROM shapes";
    assertSameWithFallback(sql);
    assertThat(KronosSession.kronosNodes(sql)).doesNotContain("KronosWindow");
  }

  /** Spark computes an element of an array, and the half with it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "skewness(element_at(array(x), 1))",
        "element_at(array(skewness(x)), 1)",
        "kurtosis(element_at(array(x), 1))",
        "element_at(array(kurtosis(x)), 1)"
      })
  void eitherHalfMayBeSparks(String half) {
    String sql = "SELECT g, %s FROM shapes GROUP BY g".formatted(half);
    assertSameWithFallback(sql);
    assertThat(KronosSession.kronosNodes(sql))
        .as(sql)
        .filteredOn("KronosHashAggregate"::equals)
        .hasSize(1);
  }
}

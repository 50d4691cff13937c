// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares covariances, correlations and regression lines with plain Spark. */
class RegressionIT extends SessionTest {
  private static final List<String> FUNCTIONS =
      List.of(
          "covar_pop",
          "covar_samp",
          "corr",
          "regr_count",
          "regr_avgx",
          "regr_avgy",
          "regr_sxx",
          "regr_syy",
          "regr_sxy",
          "regr_slope",
          "regr_intercept",
          "regr_r2");

  /** One function for each shape of Spark's buffers. */
  private static final List<String> SHAPES = List.of("covar_samp", "corr", "regr_slope");

  @TempDir static Path folder;

  /** Groups of many pairs; beside them those of one pair, of equal values and of none. */
  @BeforeAll
  static void writeTables() {
    String pairs =
        "SELECT id, id % 7 AS g, id % 3 = 0 AS b, cast(id * 7919 % 1009 AS int) AS k,"
            + " if(id % 13 = 0, null, (id * 7919 % 1009 - 500) / 8.0D) AS x,"
            + " if(id % 11 = 0, null, id * 7919 % 1009 * 0.37D + id * 104729 % 991) AS y"
            + " FROM range(3000)";
    KronosSession.write(folder, "pairs", pairs, 3);
    String few =
        "SELECT cast(g AS bigint) AS g, x, y FROM VALUES (1, 1.5D, 2.5D), (2, 3.0D, 1.0D),"
            + " (2, 3.0D, 4.0D), (3, 1.0D, 7.0D), (3, 2.0D, 7.0D), (4, null, 1.0D),"
            + " (4, 2.0D, null), (5, null, null), (6, double('NaN'), 1.0D), (6, 2.0D, 2.0D),"
            + " (7, double('inf'), 1.0D), (7, 1D, 2D), (7, 1D, 1D), (8, 0.0D, -0.0D),"
            + " (8, -0.0D, 0.0D) AS t(g, x, y)";
    KronosSession.write(folder, "few", few, 2);
    KronosSession.write(folder, "no_pairs", "SELECT * FROM pairs WHERE id < 0", 1);
  }

  /** Asserts the same of each function: a kernel of all of them would take long to compile. */
  private static void assertEach(List<String> functions, String sql) {
    functions.forEach(function -> assertSame(sql.formatted(function)));
  }

  @Test
  void ofGroups() {
    assertEach(FUNCTIONS, "SELECT g, %s(y, x) FROM pairs GROUP BY g");
  }

  @Test
  void ofAllRowsAndOfNone() {
    assertEach(SHAPES, "SELECT %s(y, x) FROM pairs");
    assertEach(SHAPES, "SELECT %s(y, x) FROM no_pairs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void ofFewPairsEqualValuesAndSpecialOnes(String legacy) {
    List<String> defined = FUNCTIONS.stream().filter(f -> !f.equals("corr")).toList();
    KronosSession.under(
        Map.of("spark.sql.legacy.statisticalAggregate", legacy),
        () -> {
          assertEach(defined, "SELECT g, %s(y, x) FROM few GROUP BY g");
          assertSame("SELECT g, corr(y, x) FROM few WHERE g NOT IN (2, 3, 8) GROUP BY g");
        });
  }

  @Test
  void aCorrelationWithEqualValuesDividesByZero() {
    assertSameError("SELECT g, corr(y, x) FROM few GROUP BY g");
  }

  @Test
  void ofIntegersAndDecimals() {
    assertSame("SELECT g, regr_sxy(k, cast(x AS decimal(9, 2))) FROM pairs GROUP BY g");
  }

  @Test
  void withFiltersAndOfDistinctPairs() {
    // Spark's generated code divides in rows that the filter keeps out, too.
    String quotient = "SELECT g, covar_pop(y, %s) AS c FROM pairs GROUP BY g";
    Answer expected = KronosSession.onCpu(quotient.formatted("if(k > 5, 100 / (k - 5), null)"));
    String filtered = quotient.replace("%s)", "100 / (k - 5)) FILTER (WHERE k > 5)");
    assertThat(AnswerComparator.differenceInAnyOrder(expected, KronosSession.onDevice(filtered)))
        .isEmpty();
    String distinct = "covar_samp(DISTINCT k % 10, k % 100)";
    assertSame("SELECT g, %s, count(*) FROM pairs GROUP BY g".formatted(distinct));
  }

  @Test
  void pairsOverWindowsStayWithSpark() {
    String window = "OVER (PARTITION BY g ORDER BY id) AS c FROM pairs WHERE id < 200";
    assertSame("SELECT id, regr_sxx(y, x) " + window);
    assertSameWithFallback("SELECT id, covar_pop(y, x) " + window);
    assertThat(KronosSession.kronosNodes("SELECT id, covar_pop(y, x) " + window))
        .doesNotContain("KronosWindow");
  }

  /** Spark computes an element of an array, and the half with it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "covar_samp(element_at(array(y), 1), x)",
        "element_at(array(covar_samp(y, x)), 1)",
        "corr(element_at(array(y), 1), x)",
        "element_at(array(corr(y, x)), 1)",
        "regr_slope(element_at(array(y), 1), x)",
        "element_at(array(regr_intercept(y, x)), 1)"
      })
  void eitherHalfMayBeSparks(String half) {
    String sql = "SELECT g, %s FROM pairs GROUP BY g".formatted(half);
    assertSameWithFallback(sql);
    assertThat(KronosSession.kronosNodes(sql))
        .as(sql)
        .filteredOn("KronosHashAggregate"::equals)
        .hasSize(1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.spark.plan.KronosExplain;
import dev.kronos.spark.plan.NodeDecision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs scalar subqueries over the same rows, which Spark merges into one whose value is a struct.
 */
class SubqueryIT extends SessionTest {
  private static final String PACKING =
      "- Project: packing of the values of merged subqueries, as a struct";

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    KronosSession.write(
        folder,
        "facts",
        """
        SELECT id, int(id % 13) AS k, if(id % 7 = 0, null, id * 31 % 1009) AS v,
          cast(id * 7919 % 100003 AS decimal(10, 3)) AS d9,
          cast(9999999999999999999999 AS decimal(25, 2)) - id AS d25,
          element_at(array('', 'a', 'ä€😀', null, 'zebra and more letters'), int(id % 5) + 1) AS s,
          date_add(date'0001-01-01', int(id * 11003)) AS t,
          timestamp_micros(id * 864000000777 - 5) AS m,
          if(id % 3 = 0, double('NaN'), -0.0D) AS f, id % 2 = 0 AS b, cast(null AS int) AS n
        FROM range(300)""",
        2);
  }

  /** Puts a subquery of each function over the rows in which a condition holds beside a column. */
  private static String beside(String column, String condition, List<String> functions) {
    List<String> subqueries =
        functions.stream()
            .map(f -> "(SELECT %s FROM facts WHERE %s)".formatted(f, condition))
            .toList();
    return "SELECT %s, %s FROM facts".formatted(column, String.join(", ", subqueries));
  }

  private static void assertMerged(String adaptive, String sql) {
    KronosSession.under(
        Map.of("spark.sql.adaptive.enabled", adaptive),
        () -> {
          assertSame(sql);
          assertThat(KronosExplain.decisions(KronosSession.planOf(sql)))
              .as(sql)
              .extracting(NodeDecision::toString)
              .contains(PACKING);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void numbersAndTimes(String adaptive) {
    List<String> functions =
        List.of("max(v)", "avg(d9)", "sum(d25)", "min(t)", "max(m)", "max(f)", "min(f)", "max(b)");
    assertMerged(adaptive, beside("k", "id >= 0", functions));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void strings(String adaptive) {
    List<String> functions = List.of("max(s)", "min(s)", "max(concat(s, '-', s))");
    assertMerged(adaptive, beside("s", "id >= 0", functions));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void nulls(String adaptive) {
    assertMerged(adaptive, beside("k", "id < 0", List.of("max(v)", "sum(d25)", "count(*)")));
    assertMerged(adaptive, beside("k", "id < 0", List.of("max(s)", "min(s)")));
    assertMerged(adaptive, beside("k", "id >= 0", List.of("max(n)", "min(t)", "sum(n)")));
  }

  /** Reads the values in several places, of which Spark computes them once. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void operandsInFiltersAndProjections(String adaptive) {
    assertMerged(
        adaptive,
        """
        SELECT k + (SELECT max(v) FROM facts), d9 / (SELECT avg(d9) FROM facts),
          CASE WHEN (SELECT count(*) FROM facts) > 7 THEN t ELSE (SELECT min(t) FROM facts) END
        FROM facts WHERE v > (SELECT avg(v) FROM facts) OR t = (SELECT max(t) FROM facts)""");
  }

  /** What the subqueries compute of their rows is not a part of the packing. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void computed(String adaptive) {
    assertMerged(adaptive, beside("k", "id > 7", List.of("max(v) + 1", "min(d9) * 2")));
    assertMerged(adaptive, beside("k", "id = 5", List.of("v + 1", "d9 * 2", "concat(s, 'x')")));
  }

  /** Groups of the subqueries are one by their condition, which planning does not know. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void grouped(String adaptive) {
    String one = "(SELECT %s FROM facts WHERE k = 5 GROUP BY k)";
    assertMerged(
        adaptive,
        "SELECT k, %s, %s FROM facts".formatted(one.formatted("max(v)"), one.formatted("min(d9)")));
  }
}

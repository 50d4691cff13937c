// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kronos.compare.Answer;
import dev.kronos.plans.PlanReport;
import dev.kronos.plans.PlanText;
import dev.kronos.spark.plan.KronosExplain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each golden query with and without the plugin, compares the rows, and compares the plan with
 * the text that was approved. Plans are those of one Spark version: elsewhere this does not run.
 */
@Tag("golden")
class PlanGoldenIT extends SessionTest {
  private static final String GOLDEN_SPARK = "4.2.";
  private static final boolean APPROVE = Boolean.getBoolean("kronos.golden.write");
  private static final String APPROVAL =
      "if the change is meant: mvn -B -Dquick -Dgroups=golden -Dkronos.golden.write verify"
          + " -pl integration-tests -am";

  @TempDir static Path folder;
  private static GoldenTables tables;

  /** Holds what came of a query. */
  private record Run(Answer answer, SparkPlan plan) {}

  @BeforeAll
  static void writeTables() {
    assumeThat(KronosSession.spark().version()).startsWith(GOLDEN_SPARK);
    tables = GoldenTables.write(folder);
  }

  static List<GoldenQuery> queries() {
    return GoldenQuery.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queries")
  void answersLikeSparkByTheApprovedPlan(GoldenQuery query) {
    Run expected = run(query, Map.of("spark.kronos.sql.enabled", "false"));
    Run actual = run(query, Map.of());
    assertThat(PlanReport.kronosNodes(expected.plan())).as("plain Spark").isEmpty();
    assertThat(query.difference(expected.answer(), actual.answer())).as(query.sql()).isEmpty();

    String plan = text(actual.plan());
    if (APPROVE) {
      GoldenFiles.PLANS.write(query.name(), plan);
    }
    assertThat(GoldenFiles.PLANS.names()).as(APPROVAL).contains(query.name());
    assertThat(plan.lines())
        .as("plan of %s; %s", query, APPROVAL)
        .containsExactlyElementsOf(GoldenFiles.PLANS.read(query.name()).lines().toList());
  }

  @Test
  void everyApprovedPlanHasItsQuery() {
    List<String> queries = queries().stream().map(GoldenQuery::name).toList();
    if (APPROVE) {
      GoldenFiles.PLANS.names().stream()
          .filter(name -> !queries.contains(name))
          .forEach(GoldenFiles.PLANS::delete);
    }
    assertThat(queries).as(APPROVAL).containsAll(GoldenFiles.PLANS.names());
  }

  private static Run run(GoldenQuery query, Map<String, String> settings) {
    SparkSession session = tables.session(settings);
    try {
      query.preparation().forEach(session::sql);
      Dataset<Row> result = session.sql(query.sql());
      return new Run(Answer.of(result), PlanReport.executed(result));
    } finally {
      // Sessions share what is cached: the next run shall cache for itself.
      session.catalog().clearCache();
    }
  }

  private static String text(SparkPlan plan) {
    List<String> reasons = KronosExplain.reasons(plan).stream().distinct().toList();
    String fallbacks = reasons.isEmpty() ? "nothing" : String.join("\n", reasons);
    return PlanText.of(plan) + "\n\nstays on the CPU:\n" + fallbacks + "\n";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.plans.PlanReport;
import dev.kronos.spark.plan.KronosExplain;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what EXPLAIN says of a query before it runs, and holds it against what then runs. */
class ExplainIT extends SessionTest {
  private static final String SECTION = "\n\n== Kronos ==\n";
  private static final String GROUPS =
      "SELECT k, sum(v), count(*) FROM %s WHERE v %% 7 <> 3 GROUP BY k ORDER BY k";
  private static final String SUBQUERY =
      "SELECT k FROM many WHERE v > (SELECT avg(v) FROM few) AND k < 7";

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    for (Map.Entry<String, Integer> table : Map.of("few", 100, "many", 400_000).entrySet()) {
      String rows = "range(" + table.getValue() + ")";
      String sql = "SELECT id % 1000 AS k, id * 7919 % 1000003 AS v, string(id) AS s FROM " + rows;
      KronosSession.write(folder, table.getKey(), sql, 2);
    }
  }

  private static Map<String, String> weighed(String adaptive) {
    return Map.of("spark.kronos.sql.cost.enabled", "true", "spark.sql.adaptive.enabled", adaptive);
  }

  private static String explain(String command) {
    List<Row> rows = KronosSession.spark().sql(command).collectAsList();
    return rows.stream().map(row -> row.getString(0)).collect(Collectors.joining("\n"));
  }

  private static String explain(Map<String, String> settings, String command) {
    return KronosSession.with(settings, () -> explain(command));
  }

  private static String section(String text) {
    assertThat(text).containsOnlyOnce(SECTION);
    return text.substring(text.indexOf(SECTION) + SECTION.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aSmallQueryIsSaidToStayWithBothEstimates(String adaptive) {
    String section = section(explain(weighed(adaptive), "EXPLAIN " + GROUPS.formatted("few")));
    assertThat(section)
        .containsPattern("! HashAggregate: estimated to be slower on the device: .* \\[\\d\\]\n")
        .containsPattern("\n\\[1\\] on the CPU: cpu=[0-9.]+ ms, device=[0-9.]+ ms\n")
        .doesNotContain("on the GPU [");
  }

  @Test
  void aLargeQueryIsSaidToGoWithBothEstimates() {
    String section = section(explain(weighed("true"), "EXPLAIN " + GROUPS.formatted("many")));
    assertThat(section)
        .contains("- AdaptiveSparkPlan: wrapper of adaptive execution\n")
        .contains("* HashAggregate: on the GPU [1]\n")
        .containsPattern("\n\\[1\\] on the GPU: cpu=[0-9.]+ ms, device=[0-9.]+ ms\n");
    assertThat(section(explain(weighed("false"), "EXPLAIN " + GROUPS.formatted("many"))))
        .contains("* KronosHashAggregate: on the GPU [1]\n")
        .doesNotContain("WholeStageCodegen")
        .containsPattern("\n\\[1\\] on the GPU: cpu=[0-9.]+ ms, device=[0-9.]+ ms\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FORMATTED ", "EXTENDED ", "COST "})
  void theSectionFollowsSparksText(String mode) {
    String command = "EXPLAIN " + mode + GROUPS.formatted("many");
    String text = explain(weighed("true"), command);
    String sparks = explain(Map.of("spark.kronos.sql.enabled", "false"), command);
    assertThat(section(text)).isNotEmpty();
    assertThat(withoutIds(text.substring(0, text.indexOf(SECTION))))
        .isEqualTo(withoutIds(sparks.stripTrailing()));
  }

  private static String withoutIds(String text) {
    return text.replaceAll("#\\d+L?|plan_id=\\d+|InMemoryFileIndex.*", "");
  }

  @Test
  void generatedCodeAndSwitchedOffAndWrongQueriesAreSparks() {
    assertThat(explain("EXPLAIN CODEGEN " + GROUPS.formatted("many"))).doesNotContain("Kronos ==");
    assertThat(
            explain(Map.of("spark.kronos.sql.enabled", "false"), "EXPLAIN SELECT k + 1 FROM few"))
        .doesNotContain("Kronos ==");
    assertThat(explain("EXPLAIN SHOW TABLES")).doesNotContain("Kronos ==");
    for (String mode : List.of("", "FORMATTED ", "EXTENDED ", "COST ")) {
      for (String wrong : List.of("SELECT nothing FROM few", "SELECT x FROM nowhere")) {
        String command = "EXPLAIN " + mode + wrong;
        assertThat(withoutIds(explain(command)))
            .isEqualTo(withoutIds(explain(Map.of("spark.kronos.sql.enabled", "false"), command)))
            .doesNotContain("Kronos ==");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void whatIsNotSupportedIsSaidWithItsReason(String adaptive) {
    String sql = "SELECT regexp_replace(s, '@', '') AS h FROM many WHERE k > 5";
    String section =
        section(explain(Map.of("spark.sql.adaptive.enabled", adaptive), "EXPLAIN " + sql));
    assertThat(section)
        .contains("! Project: expression is not supported: RegExpReplace\n")
        .containsPattern("\\* (Kronos)?Filter: on the GPU\n")
        // Nothing is weighed in these sessions.
        .doesNotContain("[1] on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void subqueriesAreSaidToo(String adaptive) {
    String section =
        section(explain(Map.of("spark.sql.adaptive.enabled", adaptive), "EXPLAIN " + SUBQUERY));
    assertThat(section)
        .containsPattern("\\* (Kronos)?Filter: on the GPU\n")
        .containsPattern(" - Subquery: wrapper of a subquery\n")
        .containsPattern("\\* (Kronos)?HashAggregate: on the GPU\n");
  }

  /** What EXPLAIN says before is what runs, under adaptive execution as well. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void whatIsSaidIsWhatRuns(String adaptive) {
    for (String sql :
        List.of(
            GROUPS.formatted("few"),
            GROUPS.formatted("many"),
            "SELECT a.v + b.v AS s FROM many a JOIN few b ON a.v = b.v WHERE b.k > 3",
            "SELECT /*+ MERGE(a) */ a.v + b.v AS s FROM many a JOIN few b ON a.v = b.v",
            "SELECT regexp_replace(s, '@', '') AS h, k + 1 AS n FROM many WHERE k > 5")) {
      Map<String, String> settings = new HashMap<>(weighed(adaptive));
      List<String> said = onGpu(section(explain(settings, "EXPLAIN " + sql)));
      List<String> ran =
          KronosSession.with(
              settings, () -> KronosSession.kronosNodes(sql).stream().map(ExplainIT::own).toList());
      assertThat(said).as(sql).containsExactlyInAnyOrderElementsOf(ran);
    }
  }

  private static List<String> onGpu(String section) {
    return Pattern.compile("\\* (.+): on the GPU")
        .matcher(section)
        .results()
        .map((MatchResult line) -> own(line.group(1)))
        .toList();
  }

  /** Returns the name of the kind of node, which differs where another one takes its place. */
  private static String own(String name) {
    String kind = name.strip().replaceFirst("^Kronos", "").replaceFirst(" .*", "");
    return switch (kind) {
      case "SortMergeJoin" -> "ShuffledHashJoin";
      case "Exchange" -> "ShuffleExchange";
      default -> kind;
    };
  }

  @Test
  void aDatasetIsExplainedBeforeAndAfterItRan() {
    KronosSession.under(
        weighed("true"),
        () -> {
          Dataset<Row> query = KronosSession.spark().sql(GROUPS.formatted("many"));
          assertThat(KronosExplain.explain(query))
              .contains("* HashAggregate: on the GPU [1]\n", "\n[1] on the GPU: cpu=");
          query.collectAsList();
          assertThat(KronosExplain.explain(query))
              .contains("* KronosHashAggregate: on the GPU [2]\n", "\n[2] on the GPU: cpu=")
              // The sort was planned anew, when what it reads had run.
              .contains("* KronosSort: on the GPU [1]\n", "\n[1] on the GPU, as what it reads is");
          assertThat(PlanReport.kronosNodes(PlanReport.executed(query)))
              .contains("KronosHashAggregate");
        });
    Dataset<Row> off =
        KronosSession.with(
            Map.of("spark.kronos.sql.enabled", "false"),
            () -> KronosSession.spark().sql("SELECT k + 1 FROM few"));
    KronosSession.under(
        Map.of("spark.kronos.sql.enabled", "false"),
        () -> assertThat(KronosExplain.explain(off)).isEmpty());
    assertThat(KronosExplain.explain(KronosSession.spark().sql("SHOW TABLES"))).isEmpty();
  }
}

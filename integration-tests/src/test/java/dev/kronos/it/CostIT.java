// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.plans.PlanReport;
import dev.kronos.spark.plan.KronosExplain;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows what estimates leave to the CPU, and that they are off where they should be. */
class CostIT extends SessionTest {
  private static final int SMALL = 100;
  private static final int LARGE = 400_000;
  private static final String SLOWER = "estimated to be slower on the device:";
  private static final String GROUPS =
      "SELECT k, sum(v), count(*) FROM %s WHERE v %% 7 <> 3 GROUP BY k ORDER BY k LIMIT 5";

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    table("few", SMALL);
    table("many", LARGE);
  }

  private static void table(String name, int rows) {
    KronosSession.write(
        folder,
        name,
        "SELECT id % 1000 AS k, id * 7919 % 1000003 AS v FROM range(" + rows + ")",
        2);
  }

  @Test
  void aQueryOfFewRowsStaysOnTheCpuAndSaysBothEstimates() {
    SparkPlan plan = plan(GROUPS.formatted("few"), Map.of());
    assertThat(PlanReport.kronosNodes(plan)).isEmpty();
    assertThat(KronosExplain.reasons(plan))
        .isNotEmpty()
        .anyMatch(line -> line.startsWith("! HashAggregate: "))
        .allMatch(line -> line.matches("! .+: " + SLOWER + " cpu=[0-9.]+ ms, device=[0-9.]+ ms"));
  }

  @Test
  void theSameQueryOfManyRowsGoesToTheDevice() {
    SparkPlan plan = plan(GROUPS.formatted("many"), Map.of());
    assertThat(PlanReport.kronosNodes(plan))
        .contains("KronosHashAggregate", "KronosShuffleExchange");
    assertThat(KronosExplain.reasons(plan)).isEmpty();
  }

  @Test
  void withoutAdaptiveExecutionTheSameIsDecided() {
    Map<String, String> settings = Map.of("spark.sql.adaptive.enabled", "false");
    assertThat(nodes(GROUPS.formatted("few"), settings)).isEmpty();
    assertThat(nodes(GROUPS.formatted("many"), settings)).contains("KronosHashAggregate");
  }

  @Test
  void switchedOffOrInStrictModeFewRowsGoToTheDeviceToo() {
    String sql = GROUPS.formatted("few");
    assertThat(nodes(sql, Map.of("spark.kronos.sql.cost.enabled", "false")))
        .contains("KronosHashAggregate");
    assertThat(nodes(sql, Map.of("spark.kronos.sql.strict", "true")))
        .contains("KronosHashAggregate");
  }

  @Test
  void theSmallSideOfALargeJoinGoesWithIt() {
    String sql = "SELECT many.v + few.v AS s FROM many JOIN few ON many.v = few.v WHERE few.k > 3";
    for (String adaptive : List.of("true", "false")) {
      List<String> nodes = nodes(sql, Map.of("spark.sql.adaptive.enabled", adaptive));
      assertThat(nodes).contains("KronosBroadcastHashJoin", "KronosBroadcastExchange");
      assertThat(nodes).filteredOn(name -> name.startsWith("KronosScan")).hasSize(2);
    }
  }

  @Test
  void aJoinOfTwoSmallTablesStaysOnTheCpuWithItsBroadcast() {
    String sql = "SELECT a.v + b.v AS s FROM few a JOIN few b ON a.k = b.k";
    for (String adaptive : List.of("true", "false")) {
      SparkPlan plan = plan(sql, Map.of("spark.sql.adaptive.enabled", adaptive));
      assertThat(PlanReport.kronosNodes(plan)).isEmpty();
      assertThat(KronosExplain.reasons(plan)).isNotEmpty().allMatch(line -> line.contains(SLOWER));
    }
  }

  /**
   * Nothing is known of rows that a program made, until a stage has counted them; one that Spark
   * runs, for there is no such function on the device.
   */
  @Test
  void whatIsUnknownGoesToTheDeviceUnlessStagesHaveCountedIt() {
    String sql =
        "SELECT v % 100 AS g, sum(v) FROM"
            + " (SELECT v FROM made DISTRIBUTE BY regexp_replace(string(v), '@', '')) GROUP BY v % 100";
    made(SMALL);
    Map<String, String> counted = Map.of("spark.sql.adaptive.enabled", "true");
    Map<String, String> unknown = Map.of("spark.sql.adaptive.enabled", "false");
    assertThat(nodes(sql, counted)).isEmpty();
    assertThat(nodes(sql, unknown)).contains("KronosHashAggregate");
    made(LARGE);
    assertThat(nodes(sql, counted)).contains("KronosHashAggregate");
  }

  private static void made(int rows) {
    SparkSession spark = KronosSession.spark();
    spark
        .createDataFrame(
            spark.range(rows).toJavaRDD().map(id -> RowFactory.create(id)),
            DataTypes.createStructType(
                List.of(DataTypes.createStructField("v", DataTypes.LongType, false))))
        .createOrReplaceTempView("made");
  }

  private static List<String> nodes(String sql, Map<String, String> settings) {
    return PlanReport.kronosNodes(plan(sql, settings));
  }

  /** Returns the plan that ran under estimates, whose answer is plain Spark's. */
  private static SparkPlan plan(String sql, Map<String, String> settings) {
    Answer expected = KronosSession.onCpu(sql);
    Map<String, String> all = new HashMap<>(Map.of("spark.kronos.sql.cost.enabled", "true"));
    all.putAll(settings);
    return KronosSession.with(
        all,
        () -> {
          Dataset<Row> query = KronosSession.spark().sql(sql);
          Answer actual = Answer.of(query);
          assertThat(AnswerComparator.differenceInAnyOrder(expected, actual)).as(sql).isEmpty();
          return PlanReport.executed(query);
        });
  }
}

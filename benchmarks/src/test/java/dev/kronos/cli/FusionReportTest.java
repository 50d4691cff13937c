// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kronos.bench.result.Environment;
import dev.kronos.bench.runtime.Machine;
import dev.kronos.compare.Answer;
import dev.kronos.plans.NodeRun;
import dev.kronos.tpch.QueryAccount;
import dev.kronos.tpch.QueryRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Renders made-up counts of a query, fused and not. */
class FusionReportTest {
  private static final SparkJob JOB =
      new SparkJob(
          new Layout(Path.of("spark"), Path.of("kronos.jar"), Path.of("app.jar")),
          "local[2]",
          "4g",
          Map.of("a", "1"),
          Optional.empty(),
          Path.of("spark.log"));

  private static QueryRun run(long cell, long factor) {
    List<NodeRun> nodes =
        List.of(
            new NodeRun(
                "KronosFilter",
                Map.of(
                    "dispatches", 20 * factor,
                    "barriers", 10 * factor,
                    "deviceBytesRead", 4_000_000 * factor,
                    "deviceBytesWritten", 2_000_000 * factor,
                    "deviceTime", 8_000_000 * factor,
                    "numOutputBatches", 7L)),
            new NodeRun("KronosScan parquet", Map.of("numOutputBatches", 4L)));
    Answer answer = new Answer(new StructType().add("a", "long"), List.of(List.of(cell)));
    QueryAccount account = new QueryAccount(0, 0, 0, 0, 0, 0, 0, 0);
    return new QueryRun("Q1", answer, List.of(3.0 * factor, 1.5), "plan", nodes, account);
  }

  private static FusionReport report(long unfusedCell) {
    FusionComparison.Pair pair =
        new FusionComparison.Pair(
            run(1, 0),
            new FusionComparison.Side(run(1, 1), 3),
            new FusionComparison.Side(run(unfusedCell, 2), 5));
    FusionComparison comparison = new FusionComparison("A card, driver B 1", List.of(pair, pair));
    Environment environment = Machine.describe(comparison.device());
    return new FusionReport(environment, 0.01, "bench fusion", JOB, comparison);
  }

  @Test
  void countsOfQueryAndBatch() {
    assertThat(report(1).markdown())
        .contains("- device: A card, driver B 1;")
        .contains("plain Spark's: equal\n")
        .contains("| Q1 | fused | 4 | 3 | 20 | 10 | 4.00 | 2.00 | 8.00 | 1.500 |\n")
        .contains("| Q1 | not fused | 4 | 5 | 40 | 20 | 8.00 | 4.00 | 16.00 | 1.500 |\n")
        .contains("| Q1 | fused | 5.0 | 2.5 | 1.000 | 0.500 | 2,000 |\n")
        .contains("| Q1 | not fused | 10.0 | 5.0 | 2.000 | 1.000 | 4,000 |\n");
  }

  @Test
  void anAnswerThatDiffersIsNamed() {
    FusionReport report = report(2);
    assertThat(report.comparison().difference().orElseThrow())
        .startsWith("Q1, not fused: Cells differ");
    assertThat(report.markdown()).contains("plain Spark's: Q1, not fused: Cells differ");
    assertThat(report.json().get("answersEqual").asBoolean()).isFalse();
  }

  @Test
  void dataHasCountsAndDigests() {
    JsonNode query = report(1).json().get("queries").get("Q1");
    assertThat(query.get("fused").get("kernels").asLong()).isEqualTo(3);
    assertThat(query.get("unfused").get("batches").asLong()).isEqualTo(4);
    assertThat(query.findValue("answer")).as("whole answers").isNull();
    assertThat(query.get("fused").get("answerSha256"))
        .isEqualTo(query.get("unfused").get("answerSha256"));
  }

  @Test
  void aDeviceWithoutDriverIsItsName() {
    assertThat(Machine.describe("none").device()).isEqualTo("none");
    assertThat(Machine.describe("none").driver()).isEqualTo("unknown");
  }
}

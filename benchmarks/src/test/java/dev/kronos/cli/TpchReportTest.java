// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kronos.compare.Answer;
import dev.kronos.plans.NodeRun;
import dev.kronos.tpch.QueryAccount;
import dev.kronos.tpch.QueryRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renders made-up times of two queries on two and on three sides. */
class TpchReportTest {
  private static final QueryAccount ACCOUNT =
      new QueryAccount(0.5, 0.1, 4.0, 3.0, 2.0, 0.4, 0.2, 0.08);
  private static final Layout LAYOUT =
      new Layout(Path.of("spark"), Path.of("kronos.jar"), Path.of("app.jar"));
  private static final SparkJob JOB =
      new SparkJob(
          LAYOUT, "local[2]", "4g", Map.of("a", "1"), Optional.empty(), Path.of("spark.log"));

  private static final String DIGEST_OF_ONE =
      "70b35bed0d307fb583dbebb3b3226c75c8908d6e52f9931a935e765aa4482fb1";

  @TempDir Path folder;

  private static QueryRun run(String query, Object cell, Double... seconds) {
    Answer answer =
        new Answer(new StructType().add("a", "long"), List.of(java.util.Arrays.asList(cell)));
    List<NodeRun> nodes = List.of(new NodeRun("KronosScan", Map.of("dispatches", 7L)));
    return new QueryRun(query, answer, List.of(seconds), "plan", nodes, ACCOUNT);
  }

  private static List<QueryRun> runs(Object cell, double factor) {
    return List.of(
        run("Q1", 1L, 4 * factor, 2 * factor), run("Q6", cell, 3 * factor, 1 * factor, 2 * factor));
  }

  private static TpchComparison comparison(Optional<TpchComparison.Peer> peer) {
    return new TpchComparison("a device", runs(2L, 1), runs(2L, 0.25), peer);
  }

  private static String page(TpchComparison comparison) {
    return new TpchReport(1, JOB, comparison, comparison.difference()).markdown();
  }

  @Test
  void timesAndRatiosOfBothSides() {
    assertThat(page(comparison(Optional.empty())))
        .contains("- answers: equal")
        .contains("| Q1 | 4.00 | 2.00 | 1.00 | 0.50 | 4.00 |")
        .contains("| Q6 | 3.00 | 1.00 | 0.75 | 0.25 | 4.00 |")
        .contains("| **all** | 7.00 | 3.00 | 1.75 | 0.75 | 4.00 |")
        .contains("| Q1 | 0.50 | 0.10 | 4.0 | 75 % | 50 % | 10 % | 5 % | 2 % |");
  }

  @Test
  void anotherPluginHasItsColumns() {
    TpchComparison comparison =
        comparison(Optional.of(TpchComparison.Peer.ran("spark-rapids", runs(2L, 0.5))));
    assertThat(page(comparison))
        .contains("- answers of spark-rapids: equal")
        .contains(
            "| CPU by Kronos | CPU by spark-rapids | spark-rapids by Kronos |\n|"
                + "---|".repeat(10))
        .contains("| Q1 | 4.00 | 2.00 | 1.00 | 0.50 | 2.00 | 1.00 | 4.00 | 2.00 | 2.00 |")
        .contains("| Q6 | 3.00 | 1.00 | 0.75 | 0.25 | 1.50 | 0.50 | 4.00 | 2.00 | 2.00 |");
  }

  @Test
  void answersHaveTheirDigests() {
    TpchComparison comparison =
        comparison(Optional.of(TpchComparison.Peer.ran("spark-rapids", runs(3L, 0.5))));
    JsonNode json = new TpchReport(1, JOB, comparison, comparison.difference()).json();
    assertThat(json.findValue("answer")).as("whole answers").isNull();
    // printf '["a bigint"]\n["1"]\n' | sha256sum
    assertThat(digest(json, "cpu", 0)).isEqualTo(DIGEST_OF_ONE);
    assertThat(digest(json, "kronos", 0)).isEqualTo(DIGEST_OF_ONE);
    assertThat(digest(json, "kronos", 1)).isEqualTo(digest(json, "cpu", 1));
    assertThat(digest(json, "spark-rapids", 1)).isNotEqualTo(digest(json, "cpu", 1));
  }

  private static String digest(JsonNode json, String side, int query) {
    return json.get(side).get(query).get("answerSha256").asText();
  }

  @Test
  void aPluginThatFailedLeavesTheOthers() {
    TpchComparison comparison =
        comparison(Optional.of(TpchComparison.Peer.failed("spark-rapids", "no such jar")));
    assertThat(page(comparison))
        .contains("- answers of spark-rapids: no such jar")
        .contains("| **all** | 7.00 | 3.00 | 1.75 | 0.75 | 4.00 |");
    assertThat(comparison.finishedPeer()).isEmpty();
  }

  @Test
  void aCellThatDiffersIsNamed() {
    TpchComparison comparison =
        comparison(Optional.of(TpchComparison.Peer.ran("spark-rapids", runs(3L, 0.5))));
    assertThat(comparison.difference()).isEmpty();
    assertThat(comparison.peerDifference().orElseThrow()).startsWith("Q6: Cells differ");
  }

  @Test
  void bestTimesAreDrawn() throws IOException {
    TpchComparison two = comparison(Optional.empty());
    TpchComparison three =
        comparison(Optional.of(TpchComparison.Peer.ran("spark-rapids", runs(2L, 0.5))));
    Path file = folder.resolve("two.svg");
    if (TpchChart.write(two, file).isEmpty()) {
      Path other = folder.resolve("three.svg");
      assertThat(TpchChart.write(three, other)).isEmpty();
      assertThat(Files.readString(file)).contains("<svg");
      assertThat(Files.size(other)).as("a side more").isGreaterThan(Files.size(file));
    }
  }

  /** Kronos' jar is sent by Spark; the other plugin has to lie on the class path. */
  @Test
  void pluginsBringTheirSettings() {
    SparkJob kronos = JOB.withKronos();
    assertThat(kronos.settings()).containsEntry("spark.plugins", "dev.kronos.spark.KronosPlugin");
    SparkJob rapids = JOB.with(SparkPlugin.rapids(Path.of("/tmp/rapids.jar")));
    assertThat(rapids.settings())
        .containsEntry("a", "1")
        .containsEntry("spark.plugins", "com.nvidia.spark.SQLPlugin")
        .containsEntry("spark.executor.extraClassPath", "/tmp/rapids.jar");
  }
}

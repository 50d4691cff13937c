// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kronos.bench.result.Environment;
import dev.kronos.cli.FusionComparison.Pair;
import dev.kronos.cli.FusionComparison.Side;
import dev.kronos.compare.AnswerFile;
import dev.kronos.tpch.QueryRun;
import java.util.Locale;

/**
 * Renders what fusion saves as a table for people and as JSON for programs.
 *
 * @param environment where it ran
 * @param scale TPC-H scale factor
 * @param command what was typed
 * @param job how queries were submitted
 * @param comparison what was measured
 */
record FusionReport(
    Environment environment,
    double scale,
    String command,
    SparkJob job,
    FusionComparison comparison) {
  private static final String PAGE =
      """
      # What fusion saves, TPC-H at scale factor %s

      - device: %s, driver %s; %d logical processors (%s); date %s, commit %s
      - %s, master %s, driver memory %s; %s
      - `bin/kronos %s`
      - answers, each way beside plain Spark's: %s

      Filters, projections and joins whose keys do not repeat are fused into the kernels of other nodes, or run their own
      (`spark.kronos.sql.fusion.enabled`). Each query runs each way in a process of its own; counts are those of
      the last run, *wall* is the best. *Kernels* are different kernels that the process ran. *Read* and *written*
      are bytes of the ranges that kernels, copies and fills declare on the device: what a kernel updates counts as
      both, and all of a range counts where it looks at parts, as at a hash table. The job that samples rows for the
      bounds of an exchange by ranges, as below a sort of all rows, is no part of the plan and not counted.

      ## The whole query

      %s
      ## A batch

      Counts of the whole query by the batches that its scans give out.

      %s""";
  private static final String HEAD =
      """
      | query | | batches | kernels | dispatches | barriers | MB read | MB written | device ms | wall s |
      |---|---|---|---|---|---|---|---|---|---|
      """;
  private static final String BATCH_HEAD =
      """
      | query | | dispatches | barriers | MB read | MB written | device \u00b5s |
      |---|---|---|---|---|---|---|
      """;

  /** Returns a Markdown page. */
  String markdown() {
    return PAGE.formatted(
        scale,
        environment.device(),
        environment.driver(),
        environment.cores(),
        environment.cpu(),
        environment.date(),
        environment.commit(),
        environment.java(),
        job.master(),
        job.driverMemory(),
        job.settingsText(),
        command,
        comparison.difference().orElse("equal"),
        table(),
        batchTable());
  }

  /** Returns the table of whole queries, for the terminal. */
  String table() {
    StringBuilder table = new StringBuilder(HEAD);
    for (Pair pair : comparison.pairs()) {
      table.append(row(pair.fused(), "fused")).append(row(pair.unfused(), "not fused"));
    }
    return table.toString();
  }

  private static String row(Side side, String how) {
    QueryRun run = side.run();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %,d | %,d | %,.2f | %,.2f | %,.2f | %.3f |%n",
        run.query(),
        how,
        side.batches(),
        side.kernels(),
        run.total("dispatches"),
        run.total("barriers"),
        run.total("deviceBytesRead") / 1e6,
        run.total("deviceBytesWritten") / 1e6,
        run.total("deviceTime") / 1e6,
        run.bestSeconds());
  }

  private String batchTable() {
    StringBuilder table = new StringBuilder(BATCH_HEAD);
    for (Pair pair : comparison.pairs()) {
      table.append(batchRow(pair.fused(), "fused")).append(batchRow(pair.unfused(), "not fused"));
    }
    return table.toString();
  }

  private static String batchRow(Side side, String how) {
    QueryRun run = side.run();
    double batches = Math.max(1, side.batches());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,.1f | %,.1f | %,.3f | %,.3f | %,.0f |%n",
        run.query(),
        how,
        run.total("dispatches") / batches,
        run.total("barriers") / batches,
        run.total("deviceBytesRead") / batches / 1e6,
        run.total("deviceBytesWritten") / batches / 1e6,
        run.total("deviceTime") / batches / 1e3);
  }

  /** Returns everything measured, times in seconds, in the place of each answer its digest. */
  ObjectNode json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode node = mapper.createObjectNode();
    node.set("environment", mapper.valueToTree(environment));
    node.put("scale", scale).put("command", command).put("master", job.master());
    node.set("settings", mapper.valueToTree(job.settings()));
    node.put("answersEqual", comparison.difference().isEmpty());
    for (Pair pair : comparison.pairs()) {
      ObjectNode query = node.withObjectProperty("queries").putObject(pair.cpu().query());
      query.set("fused", json(pair.fused()));
      query.set("unfused", json(pair.unfused()));
    }
    return node;
  }

  private static ObjectNode json(Side side) {
    ObjectNode node = side.run().toJson();
    node.remove("answer");
    node.put("answerSha256", AnswerFile.sha256(side.run().answer()));
    return node.put("batches", side.batches()).put("kernels", side.kernels());
  }
}

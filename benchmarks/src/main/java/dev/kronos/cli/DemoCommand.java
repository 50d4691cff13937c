// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.tpch.QueryRun;
import dev.kronos.tpch.TpchQuery;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Answers TPC-H Q1 and Q6 with plain Spark and with Kronos, and shows that they agree. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Run TPC-H Q1 and Q6 through spark-submit, with and without the plugin.")
final class DemoCommand implements Callable<Integer> {
  /** Few partitions for a small scale; and the demonstration is of the device, at any scale. */
  private static final Map<String, String> SETTINGS =
      Map.of("spark.sql.shuffle.partitions", "4", "spark.kronos.sql.cost.enabled", "false");

  @Spec private CommandSpec spec;
  @Mixin private SparkOptions options;

  @Option(
      names = "--scale",
      defaultValue = "0.1",
      description = "TPC-H scale factor (default: ${DEFAULT-VALUE}).")
  private double scale;

  /** Runs the demo; the status is 1 when an answer differs or no Kronos node ran. */
  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path data = options.tables(scale);
    SparkJob job = options.job(SETTINGS);
    out.println("spark-submit --jars " + job.layout().pluginJar().getFileName() + " \\");
    out.println("  " + job.withKronos().settingsText());
    out.flush();
    TpchComparison comparison =
        TpchComparison.run(
            job, Optional.empty(), data, new TpchWork(List.of(TpchQuery.Q1, TpchQuery.Q6), 1));
    Optional<String> difference = comparison.difference();
    print(out, comparison, difference);
    return difference.isEmpty() && allOnDevice(comparison) ? 0 : 1;
  }

  private static boolean allOnDevice(TpchComparison comparison) {
    return comparison.kronos().stream().noneMatch(run -> run.nodes().isEmpty());
  }

  private static void print(
      PrintWriter out, TpchComparison comparison, Optional<String> difference) {
    out.println("Vulkan device: " + comparison.device());
    for (int i = 0; i < comparison.kronos().size(); i++) {
      QueryRun kronos = comparison.kronos().get(i);
      out.println();
      out.println("== " + kronos.query() + " ==");
      AnswerTable.print(out, kronos.answer());
      out.println();
      out.println(kronos.plan());
      NodeTable.print(out, kronos.nodes());
      out.printf(
          "  wall time: CPU Spark %.2f s, Kronos %.2f s%n",
          comparison.cpu().get(i).bestSeconds(), kronos.bestSeconds());
    }
    out.println();
    out.println(difference.map("ANSWERS DIFFER: "::concat).orElse("The answers are equal."));
    if (!allOnDevice(comparison)) {
      out.println("No Kronos node ran; bin/kronos doctor says why.");
    }
    out.flush();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kronos.bench.result.Environment;
import dev.kronos.bench.runtime.Machine;
import dev.kronos.tpch.TpchQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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

/** Counts what queries do on the device with filters and projections fused and without. */
@Command(
    name = "fusion",
    mixinStandardHelpOptions = true,
    description = "Count what TPC-H queries do on the device, fused and not fused.")
final class BenchFusionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SparkOptions options;

  @Option(
      names = "--scale",
      defaultValue = "1",
      description = "TPC-H scale factor (default: ${DEFAULT-VALUE}).")
  private double scale;

  @Option(
      names = "--queries",
      split = ",",
      defaultValue = "Q1,Q6,Q3,Q9",
      description = "Queries to run, of Q1 to Q22 (default: ${DEFAULT-VALUE}).")
  private List<TpchQuery> queries;

  @Option(
      names = "--repeats",
      defaultValue = "3",
      description = "Runs of each query each way (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--output",
      description = "Folder for data and page (default: benchmarks/results/DEVICE-DRIVER/spark).")
  private Path output;

  /** Runs the benchmark; the status is 1 when an answer differs. */
  @Override
  public Integer call() throws Exception {
    Path data = options.tables(scale);
    // At small scales much would stay on the CPU otherwise.
    SparkJob job = options.job(Map.of("spark.kronos.sql.strict", "true"));
    FusionComparison comparison = FusionComparison.run(job, data, new TpchWork(queries, repeats));
    Environment environment = Machine.describe(comparison.device());
    FusionReport report =
        new FusionReport(environment, scale, BenchRuntimeCommand.typed(spec), job, comparison);
    write(report);
    PrintWriter out = spec.commandLine().getOut();
    Optional<String> difference = comparison.difference();
    out.println(report.table());
    out.println("answers: " + difference.orElse("equal"));
    out.flush();
    return difference.isEmpty() ? 0 : 1;
  }

  private void write(FusionReport report) throws IOException {
    Path home = Path.of(System.getProperty("kronos.home", "."));
    String slug = report.environment().slug();
    Path folder =
        output == null ? home.resolve("benchmarks/results").resolve(slug).resolve("spark") : output;
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("fusion.md"), report.markdown());
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("fusion.json").toFile(), report.json());
  }
}

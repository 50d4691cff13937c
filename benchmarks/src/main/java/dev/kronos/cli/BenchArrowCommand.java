// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.KronosOptions;
import dev.kronos.bench.arrow.ArrowBenchmark;
import dev.kronos.bench.arrow.ArrowReport;
import dev.kronos.bench.arrow.ArrowWorkload;
import dev.kronos.bench.arrow.CallBenchmark;
import dev.kronos.bench.arrow.CallReport;
import dev.kronos.bench.arrow.LoopPeers;
import dev.kronos.bench.arrow.Peers;
import dev.kronos.bench.report.ArrowPage;
import dev.kronos.bench.report.CallPage;
import dev.kronos.bench.result.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures functions over Arrow by device time. */
@Command(
    name = "arrow",
    mixinStandardHelpOptions = true,
    description = "Measure functions over Arrow by device time, beside peers' times from a file.")
final class BenchArrowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--workloads", split = ",", description = "Workloads: ${COMPLETION-CANDIDATES}.")
  private List<ArrowWorkload> workloads = Arrays.asList(ArrowWorkload.values());

  @Option(
      names = "--keys",
      converter = BenchRuntimeCommand.Bytes.class,
      defaultValue = "64m",
      description = "Keys that are sorted (default: ${DEFAULT-VALUE}, which is 2^26).")
  private long keys;

  @Option(
      names = "--size",
      converter = BenchRuntimeCommand.Bytes.class,
      defaultValue = "1g",
      description =
          "Bytes of arrays that are reduced, filtered and scanned (default: ${DEFAULT-VALUE}).")
  private long sizeBytes;

  @Option(
      names = "--join-rows",
      converter = BenchRuntimeCommand.Bytes.class,
      defaultValue = "100000000",
      description = "Rows joined with a tenth as many, and grouped (default: ${DEFAULT-VALUE}).")
  private long joinRows;

  @Option(
      names = "--side",
      defaultValue = "8192",
      description = "Rows and columns of matrices (default: ${DEFAULT-VALUE}).")
  private int side;

  @Option(
      names = "--repeats",
      defaultValue = "20",
      description = "Timed runs of each workload (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--peers",
      description = "What arrow_peers.py printed on the same device, to be set beside.")
  private Path peers;

  @Option(
      names = "--loops",
      description = "Time plain Java loops as peers, to be set beside a software device.")
  private boolean loops;

  @Option(
      names = "--calls",
      description =
          "Time one call of each family over --keys rows by the clock, beside plain Java loops,"
              + " and nothing else.")
  private boolean calls;

  @Option(
      names = "--output",
      description = "Folder for data and page (default: benchmarks/results/DEVICE-DRIVER/arrow).")
  private Path output;

  /** Runs the benchmark; fails when a result is wrong. */
  @Override
  public Integer call() throws Exception {
    return calls ? calls() : workloads();
  }

  private int calls() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    CallReport measured =
        CallBenchmark.run(
            KronosOptions.fromEnvironment(),
            Math.toIntExact(keys),
            repeats,
            title -> show(out, title));
    CallReport report =
        new CallReport(
            measured.environment(), BenchRuntimeCommand.typed(spec), repeats, measured.rows());
    Path folder = output == null ? defaultFolder(report.environment()) : output;
    CallPage.write(report, folder);
    show(out, CallPage.table(report));
    show(out, "Written to " + folder);
    return 0;
  }

  private int workloads() throws IOException {
    ArrowWorkload.Plan plan =
        new ArrowWorkload.Plan(
            Math.toIntExact(keys), sizeBytes, Math.toIntExact(joinRows), side, repeats);
    PrintWriter out = spec.commandLine().getOut();
    ArrowReport measured =
        ArrowBenchmark.run(
            KronosOptions.fromEnvironment(), workloads, plan, title -> show(out, title));
    ArrowReport report =
        new ArrowReport(
            measured.environment(), BenchRuntimeCommand.typed(spec), measured.rows(), peers(plan));
    Path folder = output == null ? defaultFolder(report.environment()) : output;
    ArrowPage.write(report, folder);
    show(out, ArrowPage.table(report));
    show(out, "Written to " + folder);
    return 0;
  }

  private Peers peers(ArrowWorkload.Plan plan) throws IOException {
    if (loops) {
      return LoopPeers.measure(workloads, plan);
    }
    return peers == null ? null : Peers.read(peers);
  }

  private static void show(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private static Path defaultFolder(Environment environment) {
    Path home = Path.of(System.getProperty("kronos.home", "."));
    return home.resolve("benchmarks/results").resolve(environment.slug()).resolve("arrow");
  }
}

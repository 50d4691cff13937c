// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kronos.tpch.TpchQuery;
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

/** Times TPC-H queries on plain Spark and on Kronos over the same files. */
@Command(
    name = "tpch",
    mixinStandardHelpOptions = true,
    description = "Time TPC-H queries on plain Spark and on Kronos over the same files.")
final class BenchTpchCommand implements Callable<Integer> {
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
      defaultValue = "Q1,Q6",
      description = "Queries to run, of Q1 to Q22 (default: ${DEFAULT-VALUE}).")
  private List<TpchQuery> queries;

  @Option(
      names = "--repeats",
      defaultValue = "5",
      description = "Runs of each query on each side (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--peer",
      description =
          "Another plugin to run on the same files: rapids=JAR, for a Spark that it supports.")
  private Map<PeerKind, Path> peers = Map.of();

  @Option(names = "--output", description = "Folder that receives tpch.json, tpch.md and tpch.svg.")
  private Path output;

  /** Names the plugins that may be run beside Kronos. */
  private enum PeerKind {
    RAPIDS
  }

  private Optional<SparkPlugin> peer() {
    return Optional.ofNullable(peers.get(PeerKind.RAPIDS)).map(SparkPlugin::rapids);
  }

  /** Runs the benchmark; the status is 1 when an answer differs or the other plugin fails. */
  @Override
  public Integer call() throws Exception {
    Path data = options.tables(scale);
    SparkJob job = options.job(Map.of());
    TpchComparison comparison =
        TpchComparison.run(job, peer(), data, new TpchWork(queries, repeats));
    Optional<String> difference = comparison.difference();
    TpchReport report = new TpchReport(scale, job, comparison, difference);
    PrintWriter out = spec.commandLine().getOut();
    out.println(report.markdown());
    out.flush();
    if (output != null) {
      Files.createDirectories(output);
      Files.writeString(output.resolve("tpch.md"), report.markdown());
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(output.resolve("tpch.json").toFile(), report.json());
      out.println(TpchChart.write(comparison, output.resolve("tpch.svg")));
      out.flush();
    }
    boolean complete = comparison.finishedPeer().isPresent() == peer().isPresent();
    return difference.isEmpty() && complete ? 0 : 1;
  }
}

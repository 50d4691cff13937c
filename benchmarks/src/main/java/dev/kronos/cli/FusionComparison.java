// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.compare.AnswerComparator;
import dev.kronos.tpch.QueryRun;
import dev.kronos.tpch.TpchQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds queries that ran with filters and projections fused into other nodes' kernels and without.
 *
 * @param device the Vulkan device
 * @param pairs the queries, in order
 */
record FusionComparison(String device, List<Pair> pairs) {
  private static final String FUSION = "spark.kronos.sql.fusion.enabled";

  /**
   * Holds both ways of a query.
   *
   * @param cpu what plain Spark did
   * @param fused what ran with fusion
   * @param unfused what ran without
   */
  record Pair(QueryRun cpu, Side fused, Side unfused) {

    /** Returns the first difference of either answer from plain Spark's, or empty. */
    Optional<String> difference() {
      return difference("fused", fused).or(() -> difference("not fused", unfused));
    }

    private Optional<String> difference(String name, Side side) {
      return AnswerComparator.difference(cpu.answer(), side.run().answer())
          .map(text -> cpu.query() + ", " + name + ": " + text);
    }
  }

  /**
   * Holds one way of a query.
   *
   * @param run its runs, counters of the last
   * @param kernels different kernels that they ran
   */
  record Side(QueryRun run, long kernels) {
    /** Returns batches that scans gave out. */
    long batches() {
      return run.nodes().stream()
          .filter(node -> node.name().startsWith("KronosScan"))
          .mapToLong(node -> node.metric("numOutputBatches"))
          .sum();
    }
  }

  /**
   * Runs queries over the tables in {@code data}: all by plain Spark, then each fused and not. Each
   * of these has a process of its own, so that its kernels can be counted.
   */
  static FusionComparison run(SparkJob job, Path data, TpchWork work)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(job.log().toAbsolutePath().getParent());
    SparkJob kronos = job.withKronos();
    TpchResult cpu = TpchResult.of(job.withLog(folder.resolve("cpu.log")), data, work);
    List<Pair> pairs = new ArrayList<>();
    String device = "none";
    for (QueryRun run : cpu.runs()) {
      TpchWork one = new TpchWork(List.of(TpchQuery.valueOf(run.query())), work.repeats());
      String name = run.query().toLowerCase(Locale.ROOT);
      SparkJob fusing =
          kronos.withSetting(FUSION, "true").withLog(folder.resolve(name + "-fused.log"));
      SparkJob plain =
          kronos.withSetting(FUSION, "false").withLog(folder.resolve(name + "-unfused.log"));
      TpchResult fused = TpchResult.of(fusing, data, one);
      pairs.add(new Pair(run, side(fused), side(TpchResult.of(plain, data, one))));
      device = fused.device();
    }
    return new FusionComparison(device, pairs);
  }

  private static Side side(TpchResult result) {
    return new Side(result.runs().get(0), result.kernels());
  }

  /** Returns the first difference of any query's answers, or empty when all are equal. */
  Optional<String> difference() {
    return pairs.stream().flatMap(pair -> pair.difference().stream()).findFirst();
  }
}

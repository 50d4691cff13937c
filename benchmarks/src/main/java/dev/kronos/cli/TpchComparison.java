// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.tpch.QueryRun;
import dev.kronos.tpch.TpchQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the same queries run by plain Spark and by Spark with Kronos.
 *
 * @param device the Vulkan device that Kronos ran on
 * @param cpu runs of plain Spark
 * @param kronos runs with the plugin, in the same order
 */
record TpchComparison(String device, List<QueryRun> cpu, List<QueryRun> kronos) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APPLICATION = "dev.kronos.tpch.TpchApp";

  /** Runs {@code queries} over the tables in {@code data}, {@code repeats} times on each side. */
  static TpchComparison run(SparkJob job, Path data, List<TpchQuery> queries, int repeats)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(job.log().toAbsolutePath().getParent());
    JsonNode cpu = submit(job.withLog(folder.resolve("cpu.log")), data, queries, repeats);
    JsonNode kronos =
        submit(job.withPlugin().withLog(folder.resolve("kronos.log")), data, queries, repeats);
    return new TpchComparison(kronos.get("device").asText(), runs(cpu), runs(kronos));
  }

  /** Returns the first difference of any query's two answers, or empty when all are equal. */
  Optional<String> difference() {
    for (int i = 0; i < cpu.size(); i++) {
      Optional<String> difference =
          AnswerComparator.difference(cpu.get(i).answer(), kronos.get(i).answer());
      if (difference.isPresent()) {
        return Optional.of(cpu.get(i).query() + ": " + difference.get());
      }
    }
    return Optional.empty();
  }

  private static JsonNode submit(SparkJob job, Path data, List<TpchQuery> queries, int repeats)
      throws IOException, InterruptedException {
    Path result = Files.createTempFile("kronos-tpch", ".json");
    try {
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of(data.toString(), result.toString(), Integer.toString(repeats)));
      queries.forEach(query -> arguments.add(query.name()));
      job.run(APPLICATION, arguments);
      return JSON.readTree(result.toFile());
    } finally {
      Files.deleteIfExists(result);
    }
  }

  private static List<QueryRun> runs(JsonNode report) {
    List<QueryRun> runs = new ArrayList<>();
    report.get("runs").forEach(run -> runs.add(QueryRun.fromJson(run)));
    return runs;
  }
}

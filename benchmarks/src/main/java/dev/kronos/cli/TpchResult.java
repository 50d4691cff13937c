// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kronos.tpch.QueryRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what one Spark application measured.
 *
 * @param device the Vulkan device that it ran on, or "none"
 * @param kernels different kernels that ran in its process, 0 without Kronos
 * @param runs runs of the queries, in order
 */
record TpchResult(String device, long kernels, List<QueryRun> runs) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APPLICATION = "dev.kronos.tpch.TpchApp";

  /**
   * Submits the application; what it measured stays beside its log, whatever becomes of others.
   *
   * @throws IllegalStateException when the application fails; the message names its log
   */
  static TpchResult of(SparkJob job, Path data, TpchWork work)
      throws IOException, InterruptedException {
    String name = job.log().getFileName().toString().replace(".log", ".json");
    Path result = job.log().resolveSibling(name);
    Files.deleteIfExists(result);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(data.toString(), result.toString(), Integer.toString(work.repeats())));
    work.queries().forEach(query -> arguments.add(query.name()));
    job.run(APPLICATION, arguments);
    return read(JSON.readTree(result.toFile()));
  }

  private static TpchResult read(JsonNode report) {
    List<QueryRun> runs = new ArrayList<>();
    report.get("runs").forEach(run -> runs.add(QueryRun.fromJson(run)));
    long kernels = report.path("gauges").path("kernelsRun").asLong();
    return new TpchResult(report.get("device").asText(), kernels, runs);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kronos.probe.ExecutorGauges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Runs as a Spark application: {@code TpchApp DATA_FOLDER RESULT_FILE REPEATS QUERY...}.
 *
 * <p>It knows nothing of Kronos beyond names of nodes and gauges, so the same jar serves with and
 * without the plugin.
 */
public final class TpchApp {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TpchApp() {}

  /**
   * Runs the queries and writes their answers, times, plans and counters as JSON, and what the
   * device of this process did in all.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 4) {
      throw new IllegalArgumentException("Usage: TpchApp DATA_FOLDER RESULT_FILE REPEATS QUERY...");
    }
    List<TpchQuery> queries =
        Arrays.stream(arguments)
            .skip(3)
            .map(name -> TpchQuery.valueOf(name.toUpperCase(Locale.ROOT)))
            .toList();
    int repeats = Integer.parseInt(arguments[2]);
    try (SparkSession spark = SparkSession.builder().appName("TPC-H").getOrCreate()) {
      TpchRunner runner = new TpchRunner(spark, Path.of(arguments[0]));
      ObjectNode report = JSON.createObjectNode();
      // The plugin names the device where it opened one: in this process when the master is local.
      report.put("device", System.getProperty("kronos.runtime.device", "none"));
      ArrayNode runs = report.putArray("runs");
      queries.forEach(query -> runs.add(runner.run(query, repeats).toJson()));
      report.set("gauges", JSON.valueToTree(ExecutorGauges.read()));
      JSON.writerWithDefaultPrettyPrinter().writeValue(Path.of(arguments[1]).toFile(), report);
    }
  }
}

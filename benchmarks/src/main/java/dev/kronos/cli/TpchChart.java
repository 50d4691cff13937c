// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.bench.report.BarChart;
import dev.kronos.tpch.QueryRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.CategoryChart;

/** Draws the best times of each query, side by side. */
final class TpchChart {
  private TpchChart() {}

  /**
   * Writes an SVG file, or none where this JVM cannot draw.
   *
   * @return a sentence that says why there is no chart, or an empty one
   */
  static String write(TpchComparison comparison, Path file) throws IOException {
    try {
      BarChart.save(chart(comparison), file);
      return "";
    } catch (LinkageError | InternalError e) {
      // A JVM without fonts or without its drawing libraries, as on many servers: the file is there
      // by then, and empty.
      Files.deleteIfExists(file);
      return "no chart: this JVM cannot draw: cause=" + e;
    }
  }

  private static CategoryChart chart(TpchComparison comparison) {
    CategoryChart chart = BarChart.of("TPC-H, best time of each query", "s");
    add(chart, "plain Spark", comparison.cpu());
    add(chart, "Kronos", comparison.kronos());
    comparison.finishedPeer().ifPresent(peer -> add(chart, peer.name(), peer.runs()));
    return chart;
  }

  private static void add(CategoryChart chart, String name, List<QueryRun> runs) {
    List<String> queries = runs.stream().map(QueryRun::query).toList();
    chart.addSeries(name, queries, runs.stream().map(QueryRun::bestSeconds).toList());
  }
}

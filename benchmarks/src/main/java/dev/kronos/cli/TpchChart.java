// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.tpch.QueryRun;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws the best times of each query, side by side. */
final class TpchChart {
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 450;

  private TpchChart() {}

  /**
   * Writes an SVG file.
   *
   * @return a sentence that says why there is no chart, or an empty one
   */
  static String write(TpchComparison comparison, Path file) throws IOException {
    try {
      VectorGraphicsEncoder.saveVectorGraphic(
          chart(comparison), file.toString(), VectorGraphicsFormat.SVG);
      return "";
    } catch (LinkageError | InternalError e) {
      // A JVM without fonts or without its drawing libraries, as on many servers.
      return "no chart: this JVM cannot draw: cause=" + e;
    }
  }

  private static CategoryChart chart(TpchComparison comparison) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("TPC-H, best time of each query")
            .yAxisTitle("s")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    // Solid, since each dash of a line would be a path of its own in the file.
    chart.getStyler().setPlotGridLinesStroke(new BasicStroke(1));
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    add(chart, "plain Spark", comparison.cpu());
    add(chart, "Kronos", comparison.kronos());
    comparison.peer().ifPresent(peer -> add(chart, peer.name(), peer.runs()));
    return chart;
  }

  private static void add(CategoryChart chart, String name, List<QueryRun> runs) {
    List<String> queries = runs.stream().map(QueryRun::query).toList();
    chart.addSeries(name, queries, runs.stream().map(QueryRun::bestSeconds).toList());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.result.Cell;
import dev.kronos.bench.result.Measured;
import dev.kronos.bench.result.RuntimeReport;
import dev.kronos.bench.result.Sizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;

/** Draws the charts of a report as SVG files. */
final class Charts {

  private static final double NANOS_PER_MICRO = 1e3;

  private final RuntimeReport report;
  private final Path folder;
  private final List<String> written = new ArrayList<>();

  private Charts(RuntimeReport report, Path folder) {
    this.report = report;
    this.folder = folder;
  }

  /**
   * Writes the charts for which there is something to show.
   *
   * @return their file names
   */
  static List<String> write(RuntimeReport report, Path folder) throws IOException {
    Charts charts = new Charts(report, folder);
    charts.byBatch();
    charts.bySize();
    return charts.written;
  }

  private void byBatch() throws IOException {
    long smallest = report.cells().stream().mapToLong(Cell::sizeBytes).min().orElse(0);
    Predicate<Cell> small = cell -> cell.sizeBytes() == smallest;
    Function<Cell, String> label = cell -> cell.workload().title() + " x" + cell.batch();
    String size = Sizes.text(smallest);
    draw(
        "cpu-time",
        new Axis("CPU time of a dispatch by batch, " + size, "us", true),
        cells(small, label),
        measured -> measured.cpuNanosPerDispatch().median() / NANOS_PER_MICRO);
    draw(
        "barriers",
        new Axis("Barriers of a dispatch by batch, " + size, "barriers", false),
        cells(small, label),
        measured -> measured.counted().barriersPerDispatch());
  }

  private void bySize() throws IOException {
    Function<Cell, String> label =
        cell -> cell.workload().title() + " " + Sizes.text(cell.sizeBytes());
    for (String unit : List.of("GB/s", "GFLOP/s")) {
      draw(
          unit.equals("GB/s") ? "throughput" : "throughput-gemm",
          new Axis("Throughput by size, largest batch measured, elapsed time", unit, true),
          cells(cell -> CellTables.unit(cell.workload()).equals(unit) && largest(cell), label),
          Measured::rate);
    }
  }

  /** Returns whether no larger batch of the same workload and size was measured. */
  private boolean largest(Cell cell) {
    return report.cells().stream()
        .filter(other -> other.leftOut() == null && other.workload() == cell.workload())
        .filter(other -> other.sizeBytes() == cell.sizeBytes())
        .noneMatch(other -> other.batch() > cell.batch());
  }

  /** Names what a chart shows. */
  private record Axis(String title, String unit, boolean logarithmic) {}

  /** A cell and what the chart calls it. */
  private record Labelled(String label, Cell cell) {}

  private List<Labelled> cells(Predicate<Cell> wanted, Function<Cell, String> label) {
    return report.cells().stream()
        .filter(cell -> cell.leftOut() == null)
        .filter(wanted)
        .map(cell -> new Labelled(label.apply(cell), cell))
        .toList();
  }

  private void draw(
      String file, Axis axis, List<Labelled> cells, ToDoubleFunction<Measured> quantity)
      throws IOException {
    if (cells.isEmpty()) {
      return;
    }
    CategoryChart chart = BarChart.of(axis.title(), axis.unit());
    chart.getStyler().setXAxisLabelRotation(30);
    if (axis.logarithmic()) {
      chart.getStyler().setYAxisLogarithmic(true).setYAxisMin(decadeBelow(cells, quantity));
    }
    List<String> labels = cells.stream().map(Labelled::label).toList();
    for (Contender contender : Contender.values()) {
      List<Double> values =
          cells.stream().map(cell -> value(cell.cell(), contender, quantity)).toList();
      chart.addSeries(contender.title(), labels, values);
    }
    String name = file + ".svg";
    BarChart.save(chart, folder.resolve(name));
    written.add(name);
  }

  /** Returns the power of ten below every value: where bars of a logarithmic axis begin. */
  private static double decadeBelow(List<Labelled> cells, ToDoubleFunction<Measured> quantity) {
    double least =
        cells.stream()
            .flatMap(cell -> cell.cell().programs().stream())
            .mapToDouble(quantity)
            .filter(value -> value > 0)
            .min()
            .orElse(1);
    return Math.pow(10, Math.floor(Math.log10(least)));
  }

  private static double value(Cell cell, Contender contender, ToDoubleFunction<Measured> quantity) {
    return cell.program(contender).stream().mapToDouble(quantity).findFirst().orElse(0);
  }
}

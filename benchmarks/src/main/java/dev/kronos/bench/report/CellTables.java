// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import dev.kronos.bench.result.Cell;
import dev.kronos.bench.result.Counted;
import dev.kronos.bench.result.Measured;
import dev.kronos.bench.work.Workload;
import java.util.List;

/** Writes the cells as two tables: times and counts. */
final class CellTables {

  private static final double NANOS_PER_MICRO = 1e3;

  private CellTables() {}

  static String times(List<Cell> cells) {
    Table table =
        new Table(
            "cell",
            "program",
            "CPU us/dispatch",
            "least",
            "elapsed us/dispatch",
            "wall us/operation",
            "device us/operation",
            "rate");
    for (Cell cell : cells) {
      for (Measured measured : cell.programs()) {
        table.row(
            cell.title(),
            measured.contender().title(),
            micros(measured.cpuNanosPerDispatch().median()),
            micros(measured.cpuNanosPerDispatch().min()),
            micros(measured.hostNanosPerDispatch().median()),
            micros(measured.wallNanosPerOperation().median()),
            micros(measured.deviceNanosPerOperation()),
            "%.3g %s".formatted(measured.rate(), unit(cell.workload())));
      }
    }
    return table.toString();
  }

  static String counts(List<Cell> cells) {
    Table table =
        new Table(
            "cell",
            "sets",
            "levels",
            "program",
            "barriers/dispatch",
            "buffers in them",
            "by the fewest",
            "host barriers/batch",
            "submits/batch",
            "waits/batch",
            "descriptors/dispatch",
            "bytes/dispatch",
            "allocations",
            "heap bytes/batch");
    for (Cell cell : cells) {
      cell.programs().forEach(measured -> count(table, cell, measured));
    }
    return table.toString();
  }

  private static void count(Table table, Cell cell, Measured measured) {
    Counted counted = measured.counted();
    table.row(
        cell.title(),
        cell.sets(),
        cell.levels(),
        measured.contender().title(),
        "%.3f".formatted(counted.barriersPerDispatch()),
        "%.3f".formatted(counted.bufferBarriersPerDispatch()),
        counted.barriersOverLeast() == null ? "-" : "%.2f".formatted(counted.barriersOverLeast()),
        "%.1f".formatted(counted.hostBarriersPerBatch()),
        "%.1f".formatted(counted.submitsPerBatch()),
        "%.1f".formatted(counted.hostWaitsPerBatch()),
        "%.1f".formatted(counted.descriptorUpdatesPerDispatch()),
        "%.1f".formatted(counted.nativeBytesPerDispatch()),
        counted.vulkanAllocations(),
        "%.0f".formatted(counted.heapBytesPerBatch()));
  }

  /** Returns the unit of a workload's rate. */
  static String unit(Workload workload) {
    return workload == Workload.GEMM ? "GFLOP/s" : "GB/s";
  }

  private static String micros(double nanos) {
    return "%.2f".formatted(nanos / NANOS_PER_MICRO);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.result.Blocks;
import dev.kronos.bench.result.Cell;
import dev.kronos.bench.result.Counted;
import dev.kronos.bench.result.Environment;
import dev.kronos.bench.result.Measured;
import dev.kronos.bench.result.Moved;
import dev.kronos.bench.result.RuntimeReport;
import dev.kronos.bench.result.Start;
import dev.kronos.bench.result.Steady;
import dev.kronos.bench.result.Summary;
import dev.kronos.bench.result.Throughput;
import dev.kronos.bench.work.Workload;
import java.util.Arrays;
import java.util.List;

/** Makes reports for tests. */
final class Reports {

  private Reports() {}

  static RuntimeReport of(Cell... cells) {
    return of(new Steady(1000, 0, 0, 0), cells);
  }

  static RuntimeReport of(Steady steady, Cell... cells) {
    return new RuntimeReport(
        new Environment("date", "Some Card (2)", "Driver 1.0", "1.3", "cpu", 2, "j", "s", "c"),
        new RuntimeReport.Setting("--quick", 2, 1 << 30, 500),
        List.of(cells),
        List.of(new Start("Kronos", 10, Summary.of(1, 2))),
        List.of(new Throughput(Contender.BASELINE, 256, Summary.of(1000))),
        List.of(blocks("baseline", 10, 900), blocks("Kronos", 10, 50), blocks("Kronos", 1000, 60)),
        List.of(new Moved("Kronos", "upload", 1 << 16, Summary.of(3))),
        steady,
        new RuntimeReport.Totals(12, 0, 24, 0),
        List.of());
  }

  private static Blocks blocks(String side, int live, double nanos) {
    return new Blocks(side, live, Summary.of(nanos), Summary.of(nanos));
  }

  /** A cell in which the baseline takes 10 us and 400 bytes for a dispatch. */
  static Cell cell(int batch, Measured... kronos) {
    Measured[] all = Arrays.copyOf(kronos, kronos.length + 1);
    all[kronos.length] = measured(Contender.BASELINE, 10_000, 1, 400);
    return new Cell(Workload.SAXPY, 1 << 16, batch, batch, batch, 3, null, List.of(all));
  }

  static Measured measured(
      Contender contender, double cpuNanos, double barriers, double nativeBytes) {
    return new Measured(
        contender,
        Summary.of(cpuNanos),
        Summary.of(cpuNanos),
        Summary.of(2 * cpuNanos),
        cpuNanos,
        1.5,
        new Counted(barriers, 0, barriers * 2, 1, 1, 1, 0, nativeBytes, 0, 0));
  }
}

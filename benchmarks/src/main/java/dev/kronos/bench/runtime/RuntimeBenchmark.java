// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.KronosOptions;
import dev.kronos.bench.program.PhaseClock;
import dev.kronos.bench.program.Side;
import dev.kronos.bench.result.Blocks;
import dev.kronos.bench.result.Cell;
import dev.kronos.bench.result.Environment;
import dev.kronos.bench.result.Moved;
import dev.kronos.bench.result.RuntimeReport;
import dev.kronos.bench.result.RuntimeReport.Setting;
import dev.kronos.bench.result.RuntimeReport.Totals;
import dev.kronos.bench.result.Start;
import dev.kronos.bench.result.Steady;
import dev.kronos.bench.result.Throughput;
import dev.kronos.bench.work.Workload;
import dev.kronos.dispatch.Counters;
import dev.kronos.vulkan.PersistentSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures Kronos beside the baseline on one device. For one thread: the one that opens a Vulkan
 * instance has to close it.
 */
public final class RuntimeBenchmark {

  /** Steps of progress beside the cells. */
  static final int OTHER_STEPS = 6;

  private static final int[] LIVE_BLOCKS = {10, 1_000, 100_000, 1_000_000};

  private final Plan plan;
  private final Consumer<String> progress;
  private final BoundKernels kernels = new BoundKernels();
  private final PhaseClock clock = PhaseClock.calibrated();
  private final List<Cell> cells = new ArrayList<>();
  private final List<Blocks> blocks = new ArrayList<>();
  private final List<Moved> moved = new ArrayList<>();

  private RuntimeBenchmark(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Runs the benchmark.
   *
   * @param options which device
   * @param plan what to measure
   * @param command the options that the user gave, for the report
   * @param progress is told the name of each step that is done
   * @return what was measured, without claims
   * @throws dev.kronos.bench.work.WrongResult when any result is wrong
   */
  public static RuntimeReport run(
      KronosOptions options, Plan plan, String command, Consumer<String> progress) {
    RuntimeBenchmark benchmark = new RuntimeBenchmark(plan, progress);
    List<Start> starts = StartRun.run(options, benchmark.kernels, plan.effort().starts());
    progress.accept("start");
    Environment environment = Machine.describe(Sides.device(options));
    Setting setting =
        new Setting(
            command, plan.effort().cellSeconds(), plan.memoryBytes(), benchmark.clock.costNanos());
    try (Sides sides = Sides.open(options, benchmark.kernels)) {
      return benchmark.measure(sides, new Opening(environment, setting, starts));
    }
  }

  /** What is known before the sides are open. */
  private record Opening(Environment environment, Setting setting, List<Start> starts) {}

  private RuntimeReport measure(Sides sides, Opening opening) {
    Counters before = sides.kronos().kronos().counters();
    WarmUp.run(sides, clock, plan.effort().warmUp());
    progress.accept("warm-up");
    List<Throughput> throughput = ThroughputRun.run(sides);
    progress.accept("dispatch throughput");
    measureCells(sides);
    measureMemory(sides);
    Steady steady = SteadyRun.run(sides, plan.effort());
    progress.accept("steady state");
    Counters after = sides.kronos().kronos().counters();
    Totals totals =
        new Totals(
            after.dispatches() - before.dispatches(),
            after.descriptorUpdates() - before.descriptorUpdates(),
            PersistentSet.ROOT_BYTES,
            sides.validationMessages());
    return new RuntimeReport(
        opening.environment(),
        opening.setting(),
        cells,
        opening.starts(),
        throughput,
        blocks,
        moved,
        steady,
        totals,
        List.of());
  }

  private void measureCells(Sides sides) {
    CellRunner runner = new CellRunner(sides, plan, clock);
    for (Workload workload : plan.workloads()) {
      for (long sizeBytes : plan.sizes()) {
        runner.run(
            workload,
            sizeBytes,
            cell -> {
              cells.add(cell);
              progress.accept(cell.title());
            });
      }
    }
  }

  private void measureMemory(Sides sides) {
    for (Side side : sides.all()) {
      for (long sizeBytes : plan.sizes()) {
        if (2 * sizeBytes <= plan.memoryBytes() / 2) {
          sides.trim();
          moved.addAll(TransferRun.run(side, sizeBytes));
        }
      }
    }
    progress.accept("transfers");
    sides.trim();
    for (Side side : sides.all()) {
      for (int live : LIVE_BLOCKS) {
        boolean fits = (long) live * BlocksRun.MAX_BLOCK_BYTES <= plan.memoryBytes();
        if (live <= Math.min(side.maxBlocks(), plan.effort().liveBlocks()) && fits) {
          blocks.add(BlocksRun.run(side, live));
        }
      }
    }
    progress.accept("allocations");
  }
}

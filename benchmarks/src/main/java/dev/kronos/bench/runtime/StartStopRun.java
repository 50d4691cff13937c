// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.KronosOptions;
import dev.kronos.bench.kronos.KronosSide;
import dev.kronos.bench.program.LoadedJob;
import dev.kronos.bench.program.PhaseClock;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Problem;
import dev.kronos.bench.work.Workload;

/** Opens a device, verifies the result of a kernel and closes the device, again and again. */
public final class StartStopRun {

  private static final long SIZE_BYTES = 1 << 16;
  private static final int MOST_WARM_UPS = 20;
  private static final double NANOS_PER_MILLI = 1e6;

  private StartStopRun() {}

  /**
   * Says how it went.
   *
   * @param device the device's name
   * @param cycles how often it was opened and closed, the warm-up not counted
   * @param firstMillis time of the first cycle of all, which loads Vulkan and the driver
   * @param millisPerCycle mean time of a cycle
   * @param before what the process held after the warm-up
   * @param after what it held at the end
   */
  public record Result(
      String device,
      int cycles,
      double firstMillis,
      double millisPerCycle,
      ProcessMemory before,
      ProcessMemory after) {}

  /**
   * Runs the cycles, after a tenth as many, 20 at most, to warm up.
   *
   * @param cycles how many, 1 at least
   */
  public static Result run(KronosOptions options, int cycles) {
    double first = millis(options, 1);
    millis(options, Math.min(cycles / 10, MOST_WARM_UPS));
    ProcessMemory before = ProcessMemory.now();
    double all = millis(options, cycles);
    ProcessMemory after = ProcessMemory.now();
    return new Result(Sides.device(options).name(), cycles, first, all / cycles, before, after);
  }

  private static double millis(KronosOptions options, int cycles) {
    Problem problem = Workload.SAXPY.problem(SIZE_BYTES);
    long start = System.nanoTime();
    for (int i = 0; i < cycles; i++) {
      try (KronosSide side = KronosSide.open(options);
          LoadedJob loaded = side.load(new Job(problem, 1, 1))) {
        loaded.program(side.contenders().get(0)).run(PhaseClock.off());
        problem.check(loaded.result(0), 1);
      }
    }
    return (System.nanoTime() - start) / NANOS_PER_MILLI;
  }
}

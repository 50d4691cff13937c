// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.program.LoadedJob;
import dev.kronos.bench.program.PhaseClock;
import dev.kronos.bench.program.Program;
import dev.kronos.bench.program.Tally;
import dev.kronos.bench.result.Steady;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Workload;

/** Replays one small batch very often and looks for anything that is allocated. */
final class SteadyRun {

  private static final long SIZE_BYTES = 1 << 16;

  private SteadyRun() {}

  static Steady run(Sides sides, Plan.Effort effort) {
    Job job = new Job(Workload.SAXPY.problem(SIZE_BYTES), 1, 1);
    try (LoadedJob loaded = sides.kronos().load(job)) {
      Program program = loaded.program(Contender.KRONOS_REPLAYED);
      PhaseClock off = PhaseClock.off();
      repeat(program, off, effort.warmUp() / 3);
      Tally before = program.tally();
      long heapBefore = HeapBytes.ofThread();
      repeat(program, off, effort.replays());
      long heapBytes = HeapBytes.ofThread() - heapBefore;
      Tally counted = program.tally().since(before);
      return new Steady(
          effort.replays(), heapBytes, counted.vulkanAllocations(), counted.descriptorUpdates());
    }
  }

  private static void repeat(Program program, PhaseClock clock, int times) {
    for (int i = 0; i < times; i++) {
      program.run(clock);
    }
  }
}

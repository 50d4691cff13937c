// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.program.PhaseClock;
import dev.kronos.bench.program.Program;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Workload;

/** Runs every program until the JVM has compiled it, so that no cell measures the interpreter. */
final class WarmUp {

  private static final long TINY_BYTES = 16;
  private static final int[] BATCHES = {1, 64};
  private static final double SECONDS = 3;

  private WarmUp() {}

  /** Runs each program for that many dispatches, one at a time and in batches. */
  static void run(Sides sides, PhaseClock clock, int dispatches) {
    for (int batch : BATCHES) {
      Job job = new Job(Workload.SAXPY.problem(TINY_BYTES), batch, batch);
      try (Loaded loaded = new Loaded(job, sides.all())) {
        for (Program program : loaded.programs()) {
          repeat(program, clock, dispatches / batch);
        }
      }
    }
  }

  private static void repeat(Program program, PhaseClock clock, int times) {
    Deadline end = Deadline.in(SECONDS);
    PhaseClock off = PhaseClock.off();
    for (int i = 0; i < times && !end.over(); i++) {
      program.run(i % 2 == 0 ? off : clock);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.program.Program;
import dev.kronos.bench.result.Summary;
import dev.kronos.bench.result.Throughput;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Workload;
import java.util.ArrayList;
import java.util.List;

/** Measures how many dispatches a second get done that have next to nothing to do. */
final class ThroughputRun {

  private static final long TINY_BYTES = 16;
  private static final int BATCH = 256;
  private static final int SAMPLES = 7;
  private static final double SAMPLE_SECONDS = 0.1;
  private static final double NANOS = 1e9;

  private ThroughputRun() {}

  static List<Throughput> run(Sides sides) {
    Job job = new Job(Workload.SAXPY.problem(TINY_BYTES), BATCH, BATCH);
    List<Throughput> results = new ArrayList<>();
    try (Loaded loaded = new Loaded(job, sides.all())) {
      loaded.verify();
      for (Program program : loaded.programs()) {
        batches(program);
        double[] rates = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
          rates[i] = batches(program) * BATCH;
        }
        results.add(new Throughput(program.contender(), BATCH, Summary.of(rates)));
      }
    }
    return results;
  }

  /** Returns how many batches a second are done, one started after the other. */
  private static double batches(Program program) {
    Deadline end = Deadline.in(SAMPLE_SECONDS);
    long start = System.nanoTime();
    int count = 0;
    do {
      program.start();
      count++;
    } while (!end.over());
    program.finish();
    return count * NANOS / (System.nanoTime() - start);
  }
}

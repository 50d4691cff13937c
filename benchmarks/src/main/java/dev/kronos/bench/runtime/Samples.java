// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.program.PhaseClock;
import dev.kronos.bench.program.Program;
import dev.kronos.bench.program.Tally;
import dev.kronos.bench.result.Counted;
import dev.kronos.bench.result.Measured;
import dev.kronos.bench.result.Summary;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Problem;
import java.util.Arrays;

/**
 * Collects samples of one program running one job. CPU time and elapsed time are taken in runs of
 * their own, since reading the clocks of a thread inside a batch costs time.
 */
final class Samples {

  private static final int DEVICE_RUNS = 3;

  private final Program program;
  private final Job job;
  private final double[] cpu;
  private final double[] host;
  private final double[] wall;
  private int cpuCount;
  private int wallCount;
  private Tally sum;
  private long heapBytes;
  private double deviceNanos;

  Samples(Program program, Job job, int most) {
    this.program = program;
    this.job = job;
    cpu = new double[most];
    host = new double[most];
    wall = new double[most];
  }

  /** Takes a sample of the time that the thread works. */
  void sampleCpu(PhaseClock clock) {
    clock.clear();
    program.run(clock);
    cpu[cpuCount] = (double) clock.cpuNanos() / job.dispatches();
    host[cpuCount++] = (double) clock.hostNanos() / job.dispatches();
  }

  /** Takes a sample of the elapsed time, and counts. */
  void sampleWall() {
    PhaseClock off = PhaseClock.off();
    Tally before = program.tally();
    long heapBefore = HeapBytes.ofThread();
    long start = System.nanoTime();
    program.run(off);
    wall[wallCount++] = (double) (System.nanoTime() - start) / job.batch();
    heapBytes += HeapBytes.ofThread() - heapBefore;
    Tally counted = program.tally().since(before);
    sum = sum == null ? counted : sum.plus(counted);
  }

  /** Takes the device time: the least of a few runs. */
  void sampleDevice() {
    deviceNanos = Double.MAX_VALUE;
    for (int i = 0; i < DEVICE_RUNS; i++) {
      deviceNanos = Math.min(deviceNanos, (double) program.deviceNanos() / job.batch());
    }
  }

  /** Returns the median of elapsed time for an operation so far, in nanoseconds. */
  double operationNanos() {
    return Summary.of(Arrays.copyOf(wall, wallCount)).median();
  }

  Measured measured() {
    Problem problem = job.problem();
    Summary elapsed = Summary.of(Arrays.copyOf(wall, wallCount));
    return new Measured(
        program.contender(),
        Summary.of(Arrays.copyOf(cpu, cpuCount)),
        Summary.of(Arrays.copyOf(host, cpuCount)),
        elapsed,
        deviceNanos,
        problem.work() / elapsed.median(),
        Counted.of(sum, wallCount, job.levels(), heapBytes));
  }
}

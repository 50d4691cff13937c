// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.work.Workload;
import java.util.List;

/**
 * Says what to measure.
 *
 * @param workloads which workloads
 * @param sizes sizes of their first arrays in bytes, ascending
 * @param batches operations of a batch, ascending
 * @param memoryBytes device memory for arrays; each side takes half
 * @param effort how long
 */
public record Plan(
    List<Workload> workloads,
    List<Long> sizes,
    List<Integer> batches,
    long memoryBytes,
    Effort effort) {

  /**
   * Says how much time goes into a measurement.
   *
   * @param cellSeconds longest time for a workload at one size and batch
   * @param samples most samples of a quantity
   * @param warmUp dispatches of each program before anything is measured
   * @param replays replays that must not allocate
   * @param liveBlocks most blocks of memory that live at once
   * @param starts how often a device is opened in each way
   */
  public record Effort(
      double cellSeconds, int samples, int warmUp, int replays, int liveBlocks, int starts) {

    private static final int COMPILED = 30_000;

    /** Returns the effort of a full run. */
    public static Effort full(double cellSeconds) {
      return new Effort(cellSeconds, 200, COMPILED, 100_000, 1_000_000, 5);
    }

    /** Returns an effort for a look, of about three minutes on a software device. */
    public static Effort quick(double cellSeconds) {
      return new Effort(cellSeconds, 60, COMPILED, 10_000, 1_000_000, 3);
    }
  }

  /** Returns how many steps of progress there are. */
  public int steps() {
    return workloads.size() * sizes.size() * batches.size() + RuntimeBenchmark.OTHER_STEPS;
  }
}

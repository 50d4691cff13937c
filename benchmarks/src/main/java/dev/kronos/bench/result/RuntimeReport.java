// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

import java.util.List;

/**
 * Holds everything that one run of the benchmark measured.
 *
 * @param environment where it ran
 * @param setting how it was run
 * @param cells workloads by size and batch
 * @param starts time to the first result
 * @param throughput dispatches of no work
 * @param blocks allocations
 * @param moved transfers
 * @param steady many replays
 * @param totals counts of Kronos over everything
 * @param claims what all of it says about what is promised
 */
public record RuntimeReport(
    Environment environment,
    Setting setting,
    List<Cell> cells,
    List<Start> starts,
    List<Throughput> throughput,
    List<Blocks> blocks,
    List<Moved> moved,
    Steady steady,
    Totals totals,
    List<Claim> claims) {

  /**
   * Says how the benchmark was run.
   *
   * @param command the options that it was given
   * @param cellSeconds longest time for a cell
   * @param memoryBytes device memory for arrays, half of it for each of the two sides
   * @param clockNanos CPU time of reading the clocks once, which was taken off each phase
   */
  public record Setting(String command, double cellSeconds, long memoryBytes, long clockNanos) {}

  /**
   * Holds what Kronos' device counted over the whole benchmark.
   *
   * @param dispatches kernel runs
   * @param descriptorUpdates descriptors written after the device was opened
   * @param pushRootBytes push constants of a dispatch
   * @param validationMessages warnings and errors of the validation layer on both sides
   */
  public record Totals(
      long dispatches, long descriptorUpdates, int pushRootBytes, long validationMessages) {}

  /** Returns this report with claims. */
  public RuntimeReport with(List<Claim> judged) {
    return new RuntimeReport(
        environment, setting, cells, starts, throughput, blocks, moved, steady, totals, judged);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.bench.result.Environment;
import dev.kronos.bench.result.Summary;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Holds what one run of the benchmark measured.
 *
 * @param environment where it ran
 * @param command the options that it was given
 * @param rows workloads in their order
 * @param peers what other libraries took, or null
 */
public record ArrowReport(Environment environment, String command, List<Row> rows, Peers peers) {

  /** Returns 10^9 bytes a second that a copy reads and writes; empty where none was measured. */
  public OptionalDouble copyRate() {
    return rows.stream()
        .filter(row -> row.workload() == ArrowWorkload.COPY_INT64)
        .mapToDouble(Row::rate)
        .findFirst();
  }

  /**
   * Holds one workload.
   *
   * @param workload which one
   * @param elements elements of one operation
   * @param bytes bytes that must be read and written at least
   * @param deviceNanos device time of one operation
   * @param clockNanos device time of a fixed chain of instructions right after the samples: the
   *     lower the device's clock, the longer; 0 where it was not taken
   */
  public record Row(
      ArrowWorkload workload, long elements, double bytes, Summary deviceNanos, double clockNanos) {

    /** Returns 10^9 elements, bytes or operations a second by the median, as the workload asks. */
    public double rate() {
      return workload.work(elements, bytes) / deviceNanos.median();
    }
  }
}

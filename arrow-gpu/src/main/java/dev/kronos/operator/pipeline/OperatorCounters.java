// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.dispatch.StreamCounters;
import java.util.List;

/**
 * Counts what an operator did so far.
 *
 * @param batches batches taken in
 * @param rowsIn rows taken in
 * @param rowsOut rows given out
 * @param filterRows rows that passed each filter step, in order
 * @param stream dispatches, barriers, bytes and device time of the operator's stream
 */
public record OperatorCounters(
    long batches, long rowsIn, long rowsOut, List<Long> filterRows, StreamCounters stream) {
  /** Copies the list. */
  public OperatorCounters {
    filterRows = List.copyOf(filterRows);
  }

  /**
   * Returns the counts of an operator that has this one's rows pass through more work.
   *
   * @param given rows that it gave out
   * @param more what the work behind cost
   */
  public OperatorCounters followedBy(long given, StreamCounters more) {
    return new OperatorCounters(batches, rowsIn, given, filterRows, stream.plus(more));
  }
}

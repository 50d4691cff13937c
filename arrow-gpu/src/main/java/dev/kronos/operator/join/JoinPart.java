// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.spill.StoredBatch;
import java.util.Collection;
import java.util.Deque;

/**
 * Holds the rows of both sides whose keys have like hashes, and closes them.
 *
 * @param build rows of the build side, as its table's columns
 * @param probe rows of the probe side, as its source's columns
 * @param level how often rows were divided before they came here
 * @param heavy whether the last division left most rows together: many have one key
 */
record JoinPart(Deque<StoredBatch> build, Deque<StoredBatch> probe, int level, boolean heavy)
    implements AutoCloseable {

  long buildRows() {
    return rows(build);
  }

  static long rows(Collection<StoredBatch> batches) {
    return batches.stream().mapToLong(StoredBatch::rows).sum();
  }

  @Override
  public void close() {
    drop(build);
    drop(probe);
  }

  static void drop(Deque<StoredBatch> batches) {
    batches.forEach(StoredBatch::close);
    batches.clear();
  }
}

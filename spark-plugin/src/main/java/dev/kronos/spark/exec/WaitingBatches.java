// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.column.ColumnBatch;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spill.SpillMeter;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds batches of one task in their order until their turn comes; meanwhile they may leave the
 * device. Used by the task's thread.
 */
final class WaitingBatches implements AutoCloseable {
  private final Deque<StoredBatch> batches = new ArrayDeque<>();
  private final SpillMeter meter = new SpillMeter();

  /** Takes over a batch; one without rows is closed. */
  void add(ColumnBatch batch) {
    if (batch.rows() == 0) {
      batch.close();
    } else {
      batches.add(KronosExecutor.store().add(batch, meter));
    }
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  int size() {
    return batches.size();
  }

  /** Takes out the first batch, which the caller closes. */
  StoredBatch remove() {
    return batches.remove();
  }

  SpillMeter meter() {
    return meter;
  }

  @Override
  public void close() {
    batches.forEach(StoredBatch::close);
    batches.clear();
  }
}

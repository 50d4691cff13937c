// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.partition;

import dev.kronos.column.ColumnBatch;

/**
 * Holds rows in the order of their partitions, on the device, in Arrow's layouts. Whoever receives
 * it owns it and closes it. Asking where a partition lies waits for the device. Not thread-safe.
 */
public final class PartitionedBatch implements AutoCloseable {
  private final ColumnBatch batch;
  private final PartitionStarts starts;

  /** Takes over both. */
  PartitionedBatch(ColumnBatch batch, PartitionStarts starts) {
    this.batch = batch;
    this.starts = starts;
  }

  /** Returns the rows; they stay this object's. */
  public ColumnBatch batch() {
    return batch;
  }

  /** Returns how many partitions there are. */
  public int partitions() {
    return starts.get().length - 1;
  }

  /** Returns the first row of a partition. */
  public int start(int partition) {
    return starts.get()[partition];
  }

  /** Returns the row after the last one of a partition. */
  public int end(int partition) {
    return starts.get()[partition + 1];
  }

  /** Closes the rows. */
  @Override
  public void close() {
    starts.close();
    batch.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.partition;

import dev.kronos.column.ColumnBatch;

/**
 * Holds rows in the order of their partitions. Whoever receives it owns it and closes it.
 *
 * @param batch the rows, on the device, in Arrow's layouts
 * @param starts where each partition begins; after the last one, the number of rows
 */
// The array is written once, before anybody else sees it.
@SuppressWarnings("ArrayRecordComponent")
public record PartitionedBatch(ColumnBatch batch, int[] starts) implements AutoCloseable {

  /** Returns how many partitions there are. */
  public int partitions() {
    return starts.length - 1;
  }

  /** Returns the first row of a partition. */
  public int start(int partition) {
    return starts[partition];
  }

  /** Returns the row after the last one of a partition. */
  public int end(int partition) {
    return starts[partition + 1];
  }

  /** Closes the rows. */
  @Override
  public void close() {
    batch.close();
  }
}

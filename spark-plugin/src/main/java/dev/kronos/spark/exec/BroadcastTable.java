// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.columnar.EncodedBatch;
import java.io.Serializable;
import java.util.List;

/**
 * Is a table that travels to all executors. Immutable.
 *
 * @param batches its rows
 */
record BroadcastTable(List<EncodedBatch> batches) implements Serializable {
  /** Copies the list. */
  BroadcastTable {
    batches = List.copyOf(batches);
  }

  long rows() {
    return batches.stream().mapToLong(EncodedBatch::rows).sum();
  }

  long sizeBytes() {
    return batches.stream().mapToLong(batch -> batch.bytes().length).sum();
  }
}

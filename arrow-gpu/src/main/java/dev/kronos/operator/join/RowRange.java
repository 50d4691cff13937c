// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.take.TakeBatch;
import java.util.List;

/** Copies ranges of the rows of batches. Not thread-safe. */
final class RowRange implements AutoCloseable {
  private final Kronos kronos;
  private final TakeBatch take;

  RowRange(Kronos kronos, List<ColumnLayout> layouts) {
    this.kronos = kronos;
    this.take = TakeBatch.ofRows(kronos, layouts);
  }

  /** Copies rows of a batch, which stays the caller's; the copy is the caller's, too. */
  ColumnBatch copy(ColumnBatch batch, int from, int to) {
    if (batch.columns().isEmpty()) {
      return new ColumnBatch(List.of(), to - from);
    }
    long sizeBytes = (long) (to - from) * Integer.BYTES;
    try (DeviceBuffer rows = kronos.memory().allocate(Pool.UPLOAD, sizeBytes)) {
      for (int row = from; row < to; row++) {
        HostMemory.putInt(rows.hostAddress() + (long) (row - from) * Integer.BYTES, row);
      }
      return take.apply(batch, new BufferSlice(rows, 0, sizeBytes));
    }
  }

  StreamCounters counters() {
    return take.counters();
  }

  @Override
  public void close() {
    take.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.take.TakeBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Takes rows that a grouping left out from their batch, in their order: the kernel lists them in
 * the order in which they were met, which no two runs share.
 */
final class LeftRows implements AutoCloseable {
  private final Kronos kronos;
  private final Resources resources = new Resources();
  private final Stream stream;
  private final TakeBatch take;

  LeftRows(Kronos kronos, List<ColumnLayout> inputs) {
    this.kronos = kronos;
    try {
      this.stream = resources.own(kronos.newStream());
      this.take = resources.own(TakeBatch.ofRows(kronos, inputs));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Takes the first {@code count} rows of a list, 1 or more, from a batch. */
  ColumnBatch take(ColumnBatch batch, DeviceBuffer list, int count) {
    long sizeBytes = (long) count * Integer.BYTES;
    try (DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, sizeBytes);
        DeviceBuffer ordered = kronos.memory().allocate(Pool.UPLOAD, sizeBytes)) {
      stream.copy(list, 0, host, 0, sizeBytes).submit().await();
      int[] rows = new int[count];
      for (int i = 0; i < count; i++) {
        rows[i] = HostMemory.intAt(host.hostAddress() + (long) i * Integer.BYTES);
      }
      Arrays.sort(rows);
      for (int i = 0; i < count; i++) {
        HostMemory.putInt(ordered.hostAddress() + (long) i * Integer.BYTES, rows[i]);
      }
      return take.apply(batch, new BufferSlice(ordered, 0, sizeBytes));
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}

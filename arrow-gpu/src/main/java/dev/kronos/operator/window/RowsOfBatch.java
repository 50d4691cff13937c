// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.Storage;
import java.util.ArrayList;
import java.util.List;

/** Names rows of batches that lie behind each other. */
final class RowsOfBatch {
  private RowsOfBatch() {}

  /** Names rows of a batch of Arrow's layout, whose buffers stay with it. */
  static ColumnBatch range(ColumnBatch batch, int from, int rows) {
    List<Column> columns = new ArrayList<>(batch.columns().size());
    for (Column column : batch.columns()) {
      columns.add(range(column, from, rows));
    }
    return new ColumnBatch(columns, rows);
  }

  private static Column range(Column column, int from, int rows) {
    Storage storage = column.layout().storage();
    boolean moves = storage != Storage.BITS && storage != Storage.UTF8;
    BufferSlice values =
        moves
            ? part(column.values(), storage.sizeBytes(from), storage.sizeBytes(rows))
            : column.values();
    BufferSlice offsets =
        storage == Storage.UTF8
            ? part(column.offsets(), (long) from * Integer.BYTES, (rows + 1L) * Integer.BYTES)
            : null;
    return new Column(column.layout(), column.validity(), values, offsets, null, from);
  }

  private static BufferSlice part(BufferSlice whole, long from, long sizeBytes) {
    return new BufferSlice(whole.buffer(), whole.offset() + from, sizeBytes);
  }
}

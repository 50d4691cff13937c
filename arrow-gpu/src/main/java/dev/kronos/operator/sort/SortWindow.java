// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.take.TakeBatch;
import java.util.function.IntPredicate;

/** Holds rows on the device together with the order in which they are given out. */
final class SortWindow implements AutoCloseable {
  private final ColumnBatch rows;
  private final DeviceBuffer order;
  private final int count;
  private int given;

  /**
   * Takes over rows and their order.
   *
   * @param order numbers of rows, 32 bits each
   * @param count how many of the numbers count
   */
  SortWindow(ColumnBatch rows, DeviceBuffer order, int count) {
    this.rows = rows;
    this.order = order;
    this.count = count;
  }

  int left() {
    return count - given;
  }

  /** Gives out the next rows of the first columns, as many as {@code take} is made for. */
  ColumnBatch next(TakeBatch take, int columns, int most) {
    int wanted = Math.min(most, left());
    ColumnBatch visible = new ColumnBatch(rows.columns().subList(0, columns), rows.rows());
    ColumnBatch batch =
        take.apply(
            visible,
            new BufferSlice(order, (long) given * Integer.BYTES, (long) wanted * Integer.BYTES));
    given += wanted;
    return batch;
  }

  /**
   * Makes a window of the rows that pass a test, which shares the rows of this one.
   *
   * @param wanted is asked for each row's number, in order
   * @param last is asked after each row; the first true ends it
   */
  SortWindow select(Kronos kronos, Stream stream, IntPredicate wanted, IntPredicate last) {
    long sizeBytes = (long) count * Integer.BYTES;
    DeviceBuffer chosen = kronos.memory().allocate(Pool.UPLOAD, sizeBytes);
    try (DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, sizeBytes)) {
      stream.copy(order, 0, host, 0, sizeBytes).submit().await();
      int found = 0;
      boolean more = true;
      for (int i = 0; more && i < count; i++) {
        int row = HostMemory.intAt(host.hostAddress() + (long) i * Integer.BYTES);
        if (wanted.test(row)) {
          HostMemory.putInt(chosen.hostAddress() + (long) found++ * Integer.BYTES, row);
        }
        more = !last.test(row);
      }
      return new SortWindow(rows.retain(), chosen, found);
    } catch (RuntimeException e) {
      chosen.close();
      throw e;
    }
  }

  @Override
  public void close() {
    rows.close();
    order.close();
  }
}

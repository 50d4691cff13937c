// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.concat.ConcatBatches;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.take.TakeBatch;
import dev.kronos.spill.StoredBatch;
import java.util.List;
import java.util.function.IntPredicate;

/** Sorts batches that fit the device together, and takes rows of them. Not thread-safe. */
final class SortParts implements AutoCloseable {
  private final Kronos kronos;
  private final OrderSpec spec;
  private final Resources resources = new Resources();
  private final Stream stream;
  private final ConcatBatches concat;
  private final TakeBatch takeAll;
  private final TakeBatch takeOutputs;
  private final int columns;

  SortParts(Kronos kronos, OrderSpec spec, List<ColumnLayout> layouts) {
    this.kronos = kronos;
    this.spec = spec;
    this.columns = layouts.size();
    try {
      stream = resources.own(kronos.newStream());
      concat = resources.own(new ConcatBatches(kronos, layouts));
      takeAll = resources.own(TakeBatch.ofRows(kronos, layouts));
      takeOutputs = resources.own(TakeBatch.ofRows(kronos, layouts.subList(0, spec.outputs())));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Sorts the rows of one batch or more, which stay the caller's. */
  SortWindow sort(List<StoredBatch> batches) {
    ColumnBatch all = concat.ofStored(batches);
    try {
      DeviceBuffer order = new SortRows(kronos).order(stream, all, spec.order());
      return new SortWindow(all, order, all.rows());
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /**
   * Sorts as {@link #sort} does and gives out the rows that pass a test, up to where it says so.
   *
   * @param wanted is asked for each row's number, in order
   * @param last is asked after each row; the first true ends it
   */
  SortWindow sort(List<StoredBatch> batches, IntPredicate wanted, IntPredicate last) {
    try (SortWindow whole = sort(batches)) {
      return whole.select(kronos, stream, wanted, last);
    }
  }

  /** Gives out rows with all columns. */
  ColumnBatch all(SortWindow window, int most) {
    return window.next(takeAll, columns, most);
  }

  /** Gives out rows with the columns that are asked for. */
  ColumnBatch outputs(SortWindow window, int most) {
    return window.next(takeOutputs, spec.outputs(), most);
  }

  /** Copies a range of rows of a batch, which stays the caller's. */
  ColumnBatch range(StoredBatch batch, int from, int to) {
    long sizeBytes = (long) (to - from) * Integer.BYTES;
    try (DeviceBuffer rows = kronos.memory().allocate(Pool.UPLOAD, sizeBytes);
        StoredBatch.Pinned pinned = batch.pin()) {
      for (int row = from; row < to; row++) {
        HostMemory.putInt(rows.hostAddress() + (long) (row - from) * Integer.BYTES, row);
      }
      return takeAll.apply(pinned.batch(), new BufferSlice(rows, 0, sizeBytes));
    }
  }

  StreamCounters counters() {
    return stream
        .counters()
        .plus(concat.counters())
        .plus(takeAll.counters())
        .plus(takeOutputs.counters());
  }

  @Override
  public void close() {
    resources.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.operator.sort.KeyRange;
import dev.kronos.operator.sort.KeyWidth;
import dev.kronos.operator.sort.RadixSort;
import dev.kronos.operator.sort.SortBuffers;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the index of a build table. Rows claim slots; only where two rows met at one are they
 * sorted by slot, which lists the rows of each key in ascending order whoever came first.
 */
final class IndexBuilder {
  /** Counts rows that found their slot claimed by another row. */
  private static final int RIVALS = 0;

  /** Counts rows that match nothing. */
  private static final int NULLS = 1;

  private static final int COUNTERS = 2;
  private static final long LEAST_CAPACITY = 64;

  private final Kronos kronos;
  private final Stream stream;
  private final BuildPlan plan;
  private final ColumnBatch columns;
  private final long capacity;
  private final Resources made = new Resources();

  IndexBuilder(Kronos kronos, Stream stream, BuildPlan plan, ColumnBatch columns) {
    this.kronos = kronos;
    this.stream = stream;
    this.plan = plan;
    this.columns = columns;
    // At most half of the slots are claimed, so that probing stays short.
    long twice = 2L * Math.max(columns.rows(), 1);
    this.capacity = Math.max(LEAST_CAPACITY, Long.highestOneBit(twice * 2 - 1));
  }

  /** Makes the index and waits for it; the caller closes it. */
  TableIndex build() {
    try (DeviceBuffer slots = allocate(columns.rows());
        StatusArea status = new StatusArea(kronos.memory(), stream, COUNTERS)) {
      DeviceBuffer claims = made.own(allocate(capacity));
      stream.fill(claims, 0, claims.sizeBytes(), 0);
      if (columns.rows() > 0) {
        recordClaims(claims, slots, status);
      }
      status.recordRead(stream);
      stream.submit().await();
      long nullKeys = status.counter(NULLS);
      return status.counter(RIVALS) == 0
          ? new TableIndex(claims, null, null, null, capacity, nullKeys)
          : listed(claims, slots, nullKeys);
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private DeviceBuffer allocate(long integers) {
    return kronos.memory().allocate(Pool.DEVICE, integers * Integer.BYTES);
  }

  private void recordClaims(DeviceBuffer claims, DeviceBuffer slots, StatusArea status) {
    Arguments arguments = Arguments.builder().putLong(status.countersAddress());
    arguments.putAddress(claims).putAddress(slots).putLong(capacity);
    BatchBinding.put(arguments, columns);
    List<Access> accesses = new ArrayList<>();
    accesses.add(status.access());
    accesses.add(Access.updates(claims));
    accesses.add(Access.writes(slots));
    BatchBinding.addReads(accesses, columns);
    int rows = columns.rows();
    stream.dispatch(
        new Dispatch(
            kronos.kernels().compile(BuildCode.claim(plan, RIVALS, NULLS)),
            arguments,
            accesses,
            Workgroups.forRows(rows),
            rows,
            0,
            status.buffer()));
  }

  private TableIndex listed(DeviceBuffer claims, DeviceBuffer slots, long nullKeys) {
    int rows = columns.rows();
    try (SortBuffers sorted =
        new SortBuffers(kronos, KeyWidth.INT32, rows, SortBuffers.Rows.NUMBERED)) {
      DeviceBuffer begins = made.own(allocate(capacity));
      DeviceBuffer ends = made.own(allocate(capacity));
      KeyRange range = KeyRange.between(0, capacity);
      new RadixSort(kronos, KeyWidth.INT32).record(stream, slots, sorted, range);
      recordBounds(sorted.keys(), begins, ends);
      stream.submit().await();
      DeviceBuffer listed = made.own(sorted.rows().retain());
      return new TableIndex(claims, begins, ends, listed, capacity, nullKeys);
    }
  }

  private void recordBounds(DeviceBuffer slots, DeviceBuffer begins, DeviceBuffer ends) {
    Arguments arguments = Arguments.builder().putAddress(slots).putLong(capacity);
    arguments.putAddress(begins).putAddress(ends);
    List<Access> accesses =
        List.of(Access.reads(slots), Access.updates(begins), Access.updates(ends));
    int rows = columns.rows();
    stream.dispatch(
        new Dispatch(
            kronos.kernels().compile(BuildCode.bounds()),
            arguments,
            accesses,
            Workgroups.forRows(rows),
            rows,
            0,
            null));
  }
}

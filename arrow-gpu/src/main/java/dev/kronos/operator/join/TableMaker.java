// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Makes tables of batches that have the columns of a build side. Not thread-safe. */
final class TableMaker implements AutoCloseable {
  /** Bytes that the index takes for a row, at most: twice as many slots are claimed as rows. */
  private static final int INDEX_BYTES = 32;

  private final Kronos kronos;
  private final BuildPlan plan;
  private final Stream stream;

  TableMaker(Kronos kronos, BuildPlan plan) {
    this.kronos = kronos;
    this.plan = plan;
    this.stream = kronos.newStream();
  }

  /** Returns about how many bytes a table takes. */
  static long sizeBytes(Collection<StoredBatch> batches) {
    return batches.stream().mapToLong(TableMaker::sizeBytes).sum();
  }

  static long sizeBytes(StoredBatch batch) {
    return batch.sizeBytes() + (long) INDEX_BYTES * batch.rows();
  }

  /** Makes a table of batches, which become its own; waits for it. */
  BuildTable ofBatches(List<ColumnBatch> batches) {
    ColumnBatch columns;
    try {
      columns =
          batches.isEmpty() ? absent() : BatchGroups.together(kronos, plan.layouts(), batches);
    } finally {
      batches.forEach(ColumnBatch::close);
      batches.clear();
    }
    return indexed(columns);
  }

  /**
   * Makes a table of batches that wait; waits for it.
   *
   * @param batches stay the caller's
   * @throws KronosException.Exhausted when there is no room; the batches are as they were
   */
  BuildTable ofStored(Collection<StoredBatch> batches) {
    return indexed(
        batches.isEmpty() ? absent() : BatchGroups.together(kronos, plan.layouts(), batches));
  }

  /** Makes the table of a build side without rows. */
  BuildTable empty() {
    return indexed(absent());
  }

  private ColumnBatch absent() {
    List<Column> columns = new ArrayList<>();
    plan.layouts().forEach(layout -> columns.add(new Column(layout, null, null, null, null, 0)));
    return new ColumnBatch(columns, 0);
  }

  private BuildTable indexed(ColumnBatch columns) {
    try {
      TableIndex index =
          plan.spec().keys().isEmpty()
              ? TableIndex.withoutKeys()
              : new IndexBuilder(kronos, stream, plan, columns).build();
      return new BuildTable(plan, columns, index);
    } catch (RuntimeException e) {
      columns.close();
      throw e;
    }
  }

  StreamCounters counters() {
    return stream.counters();
  }

  @Override
  public void close() {
    stream.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.KronosException;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds the build side of a join on the device: its columns, and a table that finds rows by their
 * keys. Immutable and reference-counted: any number of joins of any number of threads may probe one
 * table at once, each holding a reference.
 */
public final class BuildTable implements AutoCloseable {
  private final BuildPlan plan;
  private final ColumnBatch columns;
  private final TableIndex index;
  private final AtomicInteger references = new AtomicInteger(1);

  /** Takes over columns and index. */
  BuildTable(BuildPlan plan, ColumnBatch columns, TableIndex index) {
    this.plan = plan;
    this.columns = columns;
    this.index = index;
  }

  /** Returns what the table was built by. */
  public BuildSpec spec() {
    return plan.spec();
  }

  /** Returns how many rows the build side has, 0 to 2^30. */
  public int rows() {
    return columns.rows();
  }

  /** Returns how many bytes of device memory the table and its columns take. */
  public long sizeBytes() {
    long sizeBytes = index.sizeBytes();
    for (Column column : columns.columns()) {
      sizeBytes += column.slices().stream().mapToLong(BufferSlice::sizeBytes).sum();
    }
    return sizeBytes;
  }

  BuildPlan plan() {
    return plan;
  }

  /**
   * Returns the columns that leave the build side's pipeline, then keys that are not among them.
   * They stay the table's.
   */
  public ColumnBatch columns() {
    return columns;
  }

  TableIndex index() {
    return index;
  }

  /** Tells whether no probe row has several candidates. */
  boolean isUnique() {
    return plan.spec().keys().isEmpty() ? rows() <= 1 : index.isUnique();
  }

  /**
   * Adds a reference.
   *
   * @return this table
   * @throws KronosException.Closed when the last reference is already gone
   */
  public BuildTable retain() {
    int seen;
    do {
      seen = references.get();
      requireOpen(seen);
    } while (!references.compareAndSet(seen, seen + 1));
    return this;
  }

  /**
   * Drops a reference; the last one frees the memory.
   *
   * @throws KronosException.Closed when the last reference is already gone
   */
  @Override
  public void close() {
    int seen;
    do {
      seen = references.get();
      requireOpen(seen);
    } while (!references.compareAndSet(seen, seen - 1));
    if (seen == 1) {
      index.close();
      columns.close();
    }
  }

  private static void requireOpen(int references) {
    if (references == 0) {
      throw new KronosException.Closed("build table used after close");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.KronosException;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import dev.kronos.memory.MemoryPools;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Describes Spark's batches to the operators, whatever vectors they are made of.
 *
 * <p>Vectors in pool memory are described in place. Arrow vectors whose layout fits are, too; their
 * null bits become bytes. All others are copied, once, into pool memory. The columns always have
 * the layouts of {@link BatchLayouts}.
 *
 * <p>A described batch is valid until the next call, {@link #close}, or until the batch's producer
 * is asked for its next batch, whichever comes first. Device work that holds references to the pool
 * buffers may outlast that: vectors and this bridge then write their next rows elsewhere. One
 * bridge serves one input of one task; not safe for use by many threads.
 */
public final class BatchBridge implements AutoCloseable {
  private final List<ColumnLayout> layouts;
  private final List<ColumnSource> sources;

  /**
   * Creates a bridge; memory is taken when batches need it.
   *
   * @param pools where copies are made; stay the caller's
   * @param schema the columns of every batch, in order
   * @throws KronosException.Unsupported when a type has no column type
   */
  public BatchBridge(MemoryPools pools, StructType schema) {
    layouts = BatchLayouts.of(schema);
    sources = new ArrayList<>(layouts.size());
    for (ColumnLayout layout : layouts) {
      sources.add(new ColumnSource(pools, layout));
    }
  }

  /** Returns the layouts that every batch has. */
  public List<ColumnLayout> layouts() {
    return layouts;
  }

  /**
   * Describes a batch; it stays the caller's.
   *
   * @throws KronosException.InvalidArgument when the batch has another number of columns
   * @throws KronosException.Exhausted when the pool has no room for a copy
   */
  public HostBatch toHost(ColumnarBatch batch) {
    if (batch.numCols() != sources.size()) {
      throw new KronosException.InvalidArgument(
          KronosException.message(
              "wrong number of columns", "expected", sources.size(), "actual", batch.numCols()));
    }
    List<HostColumn> columns = new ArrayList<>(sources.size());
    for (int i = 0; i < sources.size(); i++) {
      columns.add(sources.get(i).describe(batch.column(i), batch.numRows()));
    }
    return new HostBatch(columns, batch.numRows());
  }

  /** Drops the memory of copies; may be called again. */
  @Override
  public void close() {
    sources.forEach(ColumnSource::close);
  }
}

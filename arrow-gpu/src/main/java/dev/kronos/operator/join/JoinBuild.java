// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.HostBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.operator.concat.ConcatBatches;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes in the batches of a build side and makes a {@link BuildTable} of them. Not thread-safe; any
 * number may work on one device at once.
 */
public final class JoinBuild implements AutoCloseable {
  /** Twice as many slots are numbered by 32 bits. */
  private static final long MOST_ROWS = 1L << 30;

  private final Kronos kronos;
  private final BuildPlan plan;
  private final Resources resources = new Resources();
  private final Stream stream;
  private final ProjectBatch project;
  private final List<ColumnBatch> batches = new ArrayList<>();
  private long taken;
  private long rowsIn;
  private long rows;
  private boolean finished;

  /**
   * Creates the operator and compiles its kernels, or finds them compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator and its table
   * @param spec what to build
   * @throws KronosException.Unsupported when {@link HashJoin#unsupported(BuildSpec)} gives a reason
   */
  public JoinBuild(Kronos kronos, BuildSpec spec) {
    HashJoin.require(HashJoin.unsupported(spec));
    this.kronos = kronos;
    this.plan = new BuildPlan(spec);
    try {
      this.stream = resources.own(kronos.newStream());
      this.project = resources.own(new ProjectBatch(kronos, plan.pipeline()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Takes in a batch of host memory.
   *
   * @param batch stays the caller's; may change again as soon as this returns
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  public void add(HostBatch batch) {
    requireOpen();
    keep(batch.rows(), project.apply(batch));
  }

  /**
   * Takes in a batch that is on the device. Its buffers may become the table's: they must not
   * change any more.
   *
   * @param batch stays the caller's
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  public void add(ColumnBatch batch) {
    requireOpen();
    BatchBinding.check(plan.spec().input().inputs(), batch);
    keep(batch.rows(), plan.takesBatches() ? shared(batch) : project.apply(batch));
  }

  private static ColumnBatch shared(ColumnBatch batch) {
    batch.columns().forEach(column -> column.slices().forEach(slice -> slice.buffer().retain()));
    return batch;
  }

  /** Takes over what became of a batch of some rows. */
  private void keep(int given, ColumnBatch batch) {
    taken++;
    rowsIn += given;
    if (batch.rows() == 0) {
      batch.close();
      return;
    }
    batches.add(batch);
    rows += batch.rows();
    if (rows > MOST_ROWS) {
      throw new KronosException.Exhausted(
          message("too many rows for the build side of a join", "rows", rows, "most", MOST_ROWS));
    }
  }

  /**
   * Makes the table of all rows taken in, and waits for it. Call once.
   *
   * @return the table, with one reference that the caller closes
   * @throws KronosException.Exhausted when there are more than 2^30 rows, more than 2 GiB of
   *     characters in a column, or there is no memory for them
   */
  public BuildTable finish() {
    requireOpen();
    finished = true;
    ColumnBatch columns = columns();
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

  /**
   * Returns the counts so far: rows out are those of the table, filters those of the build side,
   * and the stream is the one that indexes the table.
   */
  public OperatorCounters counters() {
    List<Long> filterRows = project.counters().filterRows();
    return new OperatorCounters(taken, rowsIn, rows, filterRows, stream.counters());
  }

  private ColumnBatch columns() {
    if (batches.isEmpty()) {
      List<Column> columns = new ArrayList<>();
      plan.layouts().forEach(layout -> columns.add(new Column(layout, null, null, null, null, 0)));
      return new ColumnBatch(columns, 0);
    }
    if (batches.size() == 1) {
      return batches.remove(0);
    }
    try (ConcatBatches concat = new ConcatBatches(kronos, plan.layouts())) {
      ColumnBatch all = concat.apply(batches);
      drop();
      return all;
    }
  }

  private void drop() {
    batches.forEach(ColumnBatch::close);
    batches.clear();
  }

  private void requireOpen() {
    if (finished || resources.isClosed()) {
      throw new KronosException.Closed("build of a join is finished or closed");
    }
  }

  /** Frees what the operator holds; tables given out stay valid. Idempotent. */
  @Override
  public void close() {
    drop();
    resources.close();
  }
}

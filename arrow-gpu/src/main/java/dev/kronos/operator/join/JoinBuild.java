// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.HostBatch;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillMeter;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
  private final TableMaker maker;
  private final ProjectBatch project;
  private final BatchStore store;
  private final SpillMeter meter;
  private final List<ColumnBatch> batches = new ArrayList<>();
  private final Deque<StoredBatch> waiting = new ArrayDeque<>();
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
    this(kronos, spec, null, null);
  }

  /**
   * Creates an operator whose batches wait in a store, from which they may leave the device. Where
   * they are too many for a table, a {@link DividedJoin} takes them over.
   *
   * @param kronos the device; stays the caller's and outlives the operator and its table
   * @param spec what to build
   * @param store where batches wait; stays the caller's
   * @param meter counts what leaves the device
   * @throws KronosException.Unsupported when {@link HashJoin#unsupported(BuildSpec)} gives a reason
   */
  public JoinBuild(Kronos kronos, BuildSpec spec, BatchStore store, SpillMeter meter) {
    HashJoin.require(HashJoin.unsupported(spec));
    this.kronos = kronos;
    this.plan = new BuildPlan(spec);
    prepare(kronos, spec);
    this.store = store;
    this.meter = meter;
    try {
      this.maker = resources.own(new TableMaker(kronos, plan));
      this.project = resources.own(new ProjectBatch(kronos, plan.pipeline()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Has the kernels of an operator made in the background; see {@code Kernels.prepare}.
   *
   * @param kronos the device
   * @param spec what the operator is going to build
   */
  public static void prepare(Kronos kronos, BuildSpec spec) {
    kronos.kernels().prepare(spec, () -> JoinKernels.of(spec));
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
    keep(batch.rows(), plan.takesBatches() ? batch.retain() : project.apply(batch));
  }

  /** Takes over what became of a batch of some rows. */
  private void keep(int given, ColumnBatch batch) {
    taken++;
    rowsIn += given;
    if (batch.rows() == 0) {
      batch.close();
      return;
    }
    rows += batch.rows();
    if (store == null) {
      batches.add(batch);
    } else {
      waiting.add(store.add(batch, meter));
    }
  }

  /**
   * Tells whether the table, as far as it can be foreseen, leaves room for the rest of the work.
   * Without a store there is no other way than to make it.
   */
  public boolean fits() {
    return store == null
        || (rows <= MOST_ROWS
            && TableMaker.sizeBytes(waiting) <= JoinRoom.of(kronos.memory()).tableBytes());
  }

  /**
   * Makes the table of all rows taken in, and waits for it. Call once.
   *
   * @return the table, with one reference that the caller closes
   * @throws KronosException.Exhausted when there are more than 2^30 rows, more than 2 GiB of
   *     characters in a column, or there is no memory for them; batches that wait in a store are
   *     there still, for a {@link DividedJoin}
   */
  public BuildTable finish() {
    requireOpen();
    finished = true;
    if (rows > MOST_ROWS) {
      throw new KronosException.Exhausted(
          message("too many rows for the build side of a join", "rows", rows, "most", MOST_ROWS));
    }
    if (store == null) {
      return maker.ofBatches(batches);
    }
    BuildTable table = maker.ofStored(waiting);
    drop();
    return table;
  }

  /** Gives the batches that wait to whoever divides them, and who closes them. */
  Deque<StoredBatch> release() {
    finished = true;
    Deque<StoredBatch> released = new ArrayDeque<>(waiting);
    waiting.clear();
    return released;
  }

  BuildPlan plan() {
    return plan;
  }

  /**
   * Returns the counts so far: rows out are those of the table, filters those of the build side,
   * and the stream is the one that indexes the table.
   */
  public OperatorCounters counters() {
    List<Long> filterRows = project.counters().filterRows();
    return new OperatorCounters(taken, rowsIn, rows, filterRows, maker.counters());
  }

  private void drop() {
    batches.forEach(ColumnBatch::close);
    batches.clear();
    waiting.forEach(StoredBatch::close);
    waiting.clear();
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

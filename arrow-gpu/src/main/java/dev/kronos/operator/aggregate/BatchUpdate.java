// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/** Runs the update kernel over a batch, and again over deferred rows until none is left. */
final class BatchUpdate implements AutoCloseable {
  /** Rows of a workgroup, where there are many: enough to gather those of hundreds of groups. */
  private static final int MOST_ROWS_EACH = 1 << 13;

  private final Stream stream;
  private final AggregatePlan plan;
  private final GroupState state;
  private final StatusArea status;
  private final Kernel kernel;
  private final int rowsAtATime;
  private final LiteralBuffer literals;
  private RowList deferred;
  private RowList retried;
  private long deferredBefore;
  private List<Access> keyReads = List.of();

  /** Set once there is no room for more groups: only rows of those that are there are taken. */
  private boolean full;

  BatchUpdate(
      Kronos kronos, Stream stream, AggregatePlan plan, GroupState state, StatusArea status) {
    this.stream = stream;
    this.plan = plan;
    this.state = state;
    this.status = status;
    UpdateCode code = new UpdateCode(plan);
    this.kernel = kronos.kernels().compile(code.source());
    this.rowsAtATime = code.rowsAtATime();
    this.literals = new LiteralBuffer(kronos.memory(), stream, code.literals());
    this.deferred = new RowList(kronos.memory());
    this.retried = new RowList(kronos.memory());
  }

  /**
   * Takes in a batch that is not empty; throws RowFailure.
   *
   * @param batch the batch
   * @param rowBase rows of all earlier batches
   * @param strings reads of what keys of earlier batches refer to
   * @return how many rows are left out, as there is no room for their groups; {@link #leftOut} has
   *     their numbers
   * @throws dev.kronos.KronosException.Exhausted when there is no memory to begin with; nothing was
   *     taken in then
   */
  int run(ColumnBatch batch, long rowBase, List<Access> strings) {
    keyReads = strings;
    if (plan.grouped()) {
      // Nothing may be missing once rows were taken in.
      retried.reserve(batch.rows());
    }
    long groupsBefore = status.counter(StateCode.GROUPS);
    long tried = batch.rows();
    int flags = takesSample(batch) ? sample(batch, rowBase) : 0;
    record(batch, rowBase, batch.rows(), flags);
    awaitAndCheck();
    long left = newlyDeferred();
    while (left > 0 && !full) {
      long groups = status.counter(StateCode.GROUPS);
      full = !state.grow(groups + left, likely(groups, groups - groupsBefore, tried - left, left));
      groupsBefore = groups;
      tried = left;
      RowList swap = retried;
      retried = deferred;
      deferred = swap;
      deferredBefore += left;
      record(batch, rowBase, (int) left, UpdateCode.ROW_LIST);
      awaitAndCheck();
      left = newlyDeferred();
    }
    deferredBefore += left;
    return (int) left;
  }

  /**
   * Takes in a sample of a large batch and makes room for the groups that are likely then.
   *
   * @return the flags of a run over the rows that are still to be taken in
   */
  private int sample(ColumnBatch batch, long rowBase) {
    RowSample sample = RowSample.of(batch.rows(), (long) plan.words() * Long.BYTES);
    long groupsBefore = status.counter(StateCode.GROUPS);
    long passedBefore = passed();
    state.reserve(groupsBefore + sample.rows());
    deferred.reserve(batch.rows());
    int half = sample.rows() / 2;
    record(batch, rowBase, half, sample.flags(UpdateCode.SAMPLE));
    status.recordCopy(stream, StateCode.GROUPS, StateCode.GROUPS_OF_HALF);
    record(batch, rowBase, half, sample.flags(UpdateCode.SAMPLE | UpdateCode.SECOND));
    // A row that failed is told with those of the rest: the first one counts.
    await();
    boolean filters = !plan.pipeline().conditions().isEmpty();
    long passed = filters ? passed() - passedBefore : sample.rows();
    GroupGuess guess =
        new GroupGuess(
            passed,
            status.counter(StateCode.GROUPS_OF_HALF) - groupsBefore,
            status.counter(StateCode.GROUPS) - groupsBefore);
    long others = batch.rows() * passed / sample.rows();
    state.reserve(groupsBefore + guess.likely(others));
    return sample.flags(UpdateCode.REST);
  }

  private boolean takesSample(ColumnBatch batch) {
    return plan.grouped() && !full && batch.rows() >= RowSample.LEAST_ROWS && state.isFirst();
  }

  private long passed() {
    int conditions = plan.pipeline().conditions().size();
    return conditions == 0 ? 0 : status.counter(StateCode.FILTERS + conditions - 1);
  }

  /**
   * Returns how many groups there are if the rows left have as many each as those that were taken.
   */
  private static long likely(long groups, long found, long taken, long left) {
    return groups + (long) ((double) left * found / Math.max(1, taken));
  }

  /** Returns the numbers of the rows that were left out of the last batch, in no order. */
  DeviceBuffer leftOut() {
    return deferred.buffer();
  }

  private long newlyDeferred() {
    return status.counter(StateCode.DEFERRED) - deferredBefore;
  }

  private void await() {
    status.recordRead(stream);
    stream.submit().await();
  }

  private void awaitAndCheck() {
    await();
    status.checkRows();
  }

  private void record(ColumnBatch batch, long rowBase, int count, int flags) {
    List<Access> accesses = new ArrayList<>(literals.accesses());
    accesses.addAll(keyReads);
    Arguments arguments = Arguments.builder();
    literals.put(arguments);
    state.put(arguments, rowBase);
    accesses.add(state.access());
    accesses.add(status.access());
    if ((flags & UpdateCode.ROW_LIST) != 0) {
      arguments.putAddress(retried.buffer());
      accesses.add(retried.read());
    } else {
      arguments.putLong(0);
    }
    arguments.putLong(full ? 0 : state.groupLimit());
    if (plan.grouped()) {
      arguments.putAddress(deferred.reserve(count));
      accesses.add(deferred.write());
    } else {
      arguments.putLong(0);
    }
    arguments.putLong(deferredBefore);
    BatchBinding.put(arguments, batch);
    BatchBinding.addReads(accesses, batch);
    stream.dispatch(
        new Dispatch(
            kernel, arguments, accesses, workgroups(count), count, flags, status.buffer()));
  }

  /** Divides large batches further than other kernels' so that no part of the device waits long. */
  private int workgroups(int count) {
    int some = Workgroups.forRows((count - 1) / rowsAtATime + 1);
    return plan.grouped() ? Math.max(some, Workgroups.forTiles(count / MOST_ROWS_EACH)) : some;
  }

  /** Returns the constants, among which keys of groups may lie. */
  List<Access> literals() {
    return literals.accesses();
  }

  @Override
  public void close() {
    literals.close();
    deferred.close();
    retried.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.Kronos;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.ColumnWriter;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.OutputColumns;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the results of whole partitions that lie together. Every frame is a range of rows; what
 * it needs is found by differences of running sums and in trees, all prepared once for all rows.
 *
 * <p>Memory for a row: 16 bytes for partitions and peers, 8 for each column whose nulls are told
 * apart, 8 to 32 for each column that is added up, 17 for each such column of floating point
 * numbers or of their squares, one for each extreme, two for bits that are combined, 16 for each
 * frame that is found by values. Not thread-safe.
 */
final class WindowRun implements AutoCloseable {
  /** The counter that gets the rank of a call that overflowed. */
  static final int OVERFLOW = 0;

  /** The first counter of characters. */
  static final int FIRST_CHARACTERS = 1;

  private final Means means;
  private final WindowPlan plan;
  private final ColumnBatch batch;
  private final int rows;
  private final Resources resources = new Resources();
  private final MarkedRows partitions;
  private final MarkedRows peers;
  private final List<MarkedRows> looks = new ArrayList<>();
  private final List<DeviceBuffer> limbs = new ArrayList<>();
  private final List<FloatTiles> tiles = new ArrayList<>();
  private final List<FrameTree> trees = new ArrayList<>();
  private final List<FrameRanges> ranges = new ArrayList<>();

  /**
   * Names what all runs of an operator work with.
   *
   * @param writers write the results, one for each kernel that does
   * @param literals constants of frames that are found by values
   */
  record Means(
      Kronos kronos,
      Stream stream,
      StatusArea status,
      List<ColumnWriter> writers,
      WindowKernels kernels,
      List<LiteralBuffer> literals) {
    WindowPlan plan() {
      return kernels.plan();
    }
  }

  /**
   * Prepares a run.
   *
   * @param batch rows, 1 or more, sorted; stay the caller's
   * @param rows how many of them, from the first one on, are whole partitions
   */
  WindowRun(Means means, ColumnBatch batch, int rows) {
    this.means = means;
    this.plan = means.plan();
    this.batch = batch;
    this.rows = rows;
    Kronos kronos = means.kronos;
    try {
      partitions = resources.own(new MarkedRows(kronos, rows));
      peers = resources.own(new MarkedRows(kronos, rows));
      plan.looks().forEach(look -> looks.add(resources.own(new MarkedRows(kronos, rows))));
      for (int sum = 0; sum < plan.sums().size(); sum++) {
        for (int limb = 0; limb < plan.limbs(sum); limb++) {
          limbs.add(resources.own(kronos.memory().allocate(Pool.DEVICE, (rows + 1L) * Long.BYTES)));
        }
      }
      plan.floats().forEach(column -> tiles.add(resources.own(new FloatTiles(kronos, rows))));
      plan.folds().forEach(fold -> trees.add(resources.own(new FrameTree(kronos, fold, rows))));
      plan.ranges().forEach(range -> ranges.add(resources.own(new FrameRanges(kronos, rows))));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Finds where the last partition begins; waits for it. */
  static int lastPartition(Means means, ColumnBatch batch) {
    Kronos kronos = means.kronos;
    Stream stream = means.stream;
    try (MarkedRows found = new MarkedRows(kronos, batch.rows());
        DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, Integer.BYTES)) {
      found.mark(stream, means.kernels.partitions(), means.kernels.places(), batch);
      stream.copy(found.numbers(), (long) batch.rows() * Integer.BYTES, host, 0, Integer.BYTES);
      stream.submit().await();
      long last = Integer.toUnsignedLong(HostMemory.intAt(host.hostAddress())) - 1;
      stream.copy(found.places(), last * Integer.BYTES, host, 0, Integer.BYTES);
      stream.submit().await();
      return HostMemory.intAt(host.hostAddress());
    }
  }

  /**
   * Computes the results and waits for them.
   *
   * @return the results alone, which the caller closes
   * @throws RowFailure naming the first row whose frame has a bound that failed; the status area is
   *     then done for
   * @throws WindowOverflow when a sum did not fit; the status area is then done for
   */
  ColumnBatch results() {
    WindowKernels kernels = means.kernels;
    partitions.mark(means.stream, kernels.partitions(), kernels.places(), batch);
    peers.mark(means.stream, kernels.peers(), kernels.places(), batch);
    prepareSums();
    for (int i = 0; i < tiles.size(); i++) {
      tiles.get(i).make(means.stream, kernels.tiles().get(i), batch);
    }
    for (int i = 0; i < trees.size(); i++) {
      trees.get(i).make(means.stream, kernels.levels().get(i), batch);
    }
    findRanges();
    List<Access> sources = new ArrayList<>();
    BatchBinding.addReads(sources, batch);
    List<Column> columns = new ArrayList<>();
    try {
      for (int i = 0; i < plan.slices(); i++) {
        int slice = i;
        columns.addAll(means.writers.get(i).write(rows, sources, o -> emit(slice, o)).columns());
      }
      checkOverflow();
      return new ColumnBatch(columns, rows);
    } catch (RuntimeException e) {
      columns.forEach(Column::close);
      throw e;
    }
  }

  private void findRanges() {
    FrameRanges.Source source = new FrameRanges.Source(batch, partitions, peers);
    for (int i = 0; i < ranges.size(); i++) {
      FrameRanges.Finders finders = means.kernels.ranges().get(i);
      ranges.get(i).find(means.stream, finders, source, means.literals.get(i), means.status);
    }
  }

  private void checkOverflow() {
    long rank = means.status.counter(OVERFLOW);
    if (rank != 0) {
      throw new WindowOverflow(plan.spec().calls().size() - (int) rank);
    }
  }

  private void prepareSums() {
    if (looks.isEmpty() && limbs.isEmpty()) {
      return;
    }
    Arguments arguments = Arguments.builder();
    List<Access> accesses = new ArrayList<>();
    for (MarkedRows look : looks) {
      arguments.putAddress(look.numbers());
      accesses.add(Access.writes(look.numbers()));
    }
    for (DeviceBuffer limb : limbs) {
      arguments.putAddress(limb);
      accesses.add(Access.writes(limb));
    }
    BatchBinding.put(arguments, batch);
    BatchBinding.addReads(accesses, batch);
    Stream stream = means.stream;
    stream.dispatch(
        new Dispatch(
            means.kernels.addends(), arguments, accesses, Workgroups.forRows(rows), rows, 0, null));
    looks.forEach(look -> look.number(stream, means.kernels.places()));
    PrefixSum running = new PrefixSum(means.kronos, PrefixSum.Width.INT64);
    limbs.forEach(limb -> running.record(stream, limb, 0, rows));
  }

  private void emit(int slice, OutputColumns output) {
    StatusArea status = means.status;
    Arguments arguments = Arguments.builder().putLong(status.countersAddress());
    List<Access> accesses = new ArrayList<>(List.of(status.access(), output.access()));
    List<MarkedRows> marked = new ArrayList<>(List.of(partitions, peers));
    marked.addAll(looks);
    for (MarkedRows each : marked) {
      each.put(arguments);
      each.addReads(accesses);
    }
    List<DeviceBuffer> others = new ArrayList<>(limbs);
    tiles.forEach(tile -> others.addAll(tile.buffers()));
    trees.forEach(tree -> others.add(tree.nodes()));
    ranges.forEach(range -> others.addAll(range.buffers()));
    for (DeviceBuffer other : others) {
      arguments.putAddress(other);
      accesses.add(Access.reads(other));
    }
    for (WindowCall call : plan.callsOf(slice)) {
      arguments.putLong(call.frame().lower().rows()).putLong(call.frame().upper().rows());
      arguments.putLong(call.place());
    }
    output.put(arguments);
    BatchBinding.put(arguments, batch);
    BatchBinding.addReads(accesses, batch);
    means.stream.dispatch(
        new Dispatch(
            means.kernels.emits().get(slice),
            arguments,
            accesses,
            Workgroups.forRows(rows),
            rows,
            0,
            status.buffer()));
  }

  @Override
  public void close() {
    resources.close();
  }
}

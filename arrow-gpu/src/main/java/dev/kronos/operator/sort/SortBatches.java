// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.concat.ConcatBatches;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.take.TakeBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Orders the rows of many batches, on the device: filters and projects each batch as it comes,
 * keeps the results there, and at the end sorts all rows and gives them out in batches. Rows that
 * are equal in all keys keep their order. Where only the first rows are wanted, the others are
 * dropped whenever many have come together, so that memory is bounded by what is wanted.
 *
 * <p>Memory: at the end twice the rows, and 24 bytes for each. Not thread-safe.
 */
public final class SortBatches implements RowSorter {
  /** Rows that come together, besides those wanted, before the others are dropped. */
  private static final int CUT_ROWS = 1 << 18;

  private final Kronos kronos;
  private final OrderSpec spec;
  private final Resources resources = new Resources();
  private final ProjectBatch project;
  private final Stream stream;
  private final ConcatBatches concat;
  private final TakeBatch takeAll;
  private final TakeBatch takeOutputs;
  private final List<ColumnBatch> held = new ArrayList<>();
  private long heldRows;
  private DeviceBuffer order;
  private int given;
  private long rowsOut;

  /**
   * Creates the operator and compiles its kernels, or finds them compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what is ordered, and how
   * @throws KronosException.Unsupported when {@link #unsupported} gives a reason
   */
  public SortBatches(Kronos kronos, OrderSpec spec) {
    this.kronos = kronos;
    this.spec = spec;
    try {
      project = resources.own(new ProjectBatch(kronos, spec.pipeline()));
      stream = resources.own(kronos.newStream());
      List<ColumnLayout> layouts = project.outputLayouts();
      concat = resources.own(new ConcatBatches(kronos, layouts));
      takeAll =
          spec.most() == OrderSpec.ALL ? null : resources.own(TakeBatch.ofRows(kronos, layouts));
      takeOutputs = resources.own(TakeBatch.ofRows(kronos, layouts.subList(0, spec.outputs())));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Tells whether so few rows are wanted that others are dropped on the way. */
  static boolean dropsRows(OrderSpec spec) {
    return spec.most() <= CUT_ROWS;
  }

  /** Returns why a device cannot do this, or nothing; needs no device. */
  public static Optional<String> unsupported(OrderSpec spec) {
    return ProjectBatch.unsupported(spec.pipeline());
  }

  /**
   * Takes in a batch of host memory.
   *
   * @param batch stays the caller's; may change again as soon as this returns
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  public void add(HostBatch batch) {
    requireCollecting();
    hold(project.apply(batch));
  }

  /**
   * Takes in a batch that is on the device.
   *
   * @param batch stays the caller's
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  @Override
  public void add(ColumnBatch batch) {
    requireCollecting();
    hold(project.apply(batch));
  }

  private void requireCollecting() {
    if (order != null || resources.isClosed()) {
      throw new KronosException.Closed("sort has begun to give out rows, or is closed");
    }
  }

  private void hold(ColumnBatch batch) {
    held.add(batch);
    heldRows += batch.rows();
    if (dropsRows(spec) && heldRows > spec.most() + (long) CUT_ROWS) {
      cut();
    }
  }

  /** Keeps the first rows alone. */
  private void cut() {
    sort();
    try (ColumnBatch all = held.remove(0);
        DeviceBuffer sorted = order) {
      order = null;
      heldRows = 0;
      hold(takeAll.apply(all, first(sorted, 0, spec.most())));
    }
  }

  /** Makes one batch of those held, and its order. */
  private void sort() {
    ColumnBatch all = together();
    held.add(all);
    order = order(all);
  }

  private DeviceBuffer order(ColumnBatch all) {
    SortRows rows = new SortRows(kronos);
    List<SortSpec.Key> keys = spec.order().keys();
    return keys.size() == 1 && spec.most() > 0 && spec.most() < OrderSpec.ALL
        ? rows.first(stream, all, keys.get(0), spec.most())
        : rows.order(stream, all, spec.order());
  }

  private ColumnBatch together() {
    if (held.size() == 1) {
      return held.remove(0);
    }
    ColumnBatch all = concat.apply(held);
    drop();
    return all;
  }

  private static BufferSlice first(DeviceBuffer rows, int from, int count) {
    return new BufferSlice(rows, (long) from * Integer.BYTES, (long) count * Integer.BYTES);
  }

  /**
   * Gives out the next rows in order; the first call sorts, and no more batches may be added.
   *
   * @param most most rows of the batch, 1 or more
   * @return a batch that the caller closes; without rows when there are no more
   */
  @Override
  public ColumnBatch next(int most) {
    if (order == null) {
      requireCollecting();
      sort();
    }
    ColumnBatch all = held.get(0);
    int wanted = Math.min(spec.most(), all.rows());
    int rows = Math.min(most, wanted - given);
    ColumnBatch visible = new ColumnBatch(all.columns().subList(0, spec.outputs()), all.rows());
    ColumnBatch batch = takeOutputs.apply(visible, first(order, given, rows));
    given += rows;
    rowsOut += rows;
    return batch;
  }

  @Override
  public OperatorCounters counters() {
    return project.counters().followedBy(rowsOut, ownCounters());
  }

  private StreamCounters ownCounters() {
    StreamCounters all = stream.counters().plus(concat.counters()).plus(takeOutputs.counters());
    return takeAll == null ? all : all.plus(takeAll.counters());
  }

  private void drop() {
    held.forEach(ColumnBatch::close);
    held.clear();
  }

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  public void close() {
    drop();
    if (order != null) {
      order.close();
      order = null;
    }
    resources.close();
  }
}

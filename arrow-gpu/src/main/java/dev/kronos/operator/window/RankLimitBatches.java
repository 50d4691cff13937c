// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.concat.ConcatBatches;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.take.TakeBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps those rows of sorted batches whose rank in their partition is small, on the device: filters
 * and projects each batch as it comes and gives out at once what is kept of it. Rows keep their
 * order.
 *
 * <p>Of a batch one row stays, and its place and rank, so that partitions may span any number of
 * batches. Memory: a batch, twice, with 20 bytes for each row. Not thread-safe.
 */
public final class RankLimitBatches implements AutoCloseable {
  /** What the kernel tells of the last row: its place in its partition, and its rank. */
  private static final int STANDING_BYTES = 2 * Long.BYTES;

  private final Kronos kronos;
  private final RankLimit limit;
  private final Resources resources = new Resources();
  private final ProjectBatch project;
  private final RankLimitKernels kernels;
  private final Stream stream;
  private final ConcatBatches concat;
  private final TakeBatch take;
  private ColumnBatch last;
  private long number = 1;
  private long rank = 1;
  private long rowsOut;

  /**
   * Creates the operator and compiles its kernels, or finds them compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param limit which rows are kept
   * @throws KronosException.Unsupported when {@link #unsupported} gives a reason
   */
  public RankLimitBatches(Kronos kronos, RankLimit limit) {
    this.kronos = kronos;
    this.limit = limit;
    prepare(kronos, limit);
    try {
      project = resources.own(new ProjectBatch(kronos, limit.pipeline()));
      List<ColumnLayout> layouts = project.outputLayouts();
      kernels = RankLimitKernels.of(kronos, limit, layouts);
      stream = resources.own(kronos.newStream());
      concat = resources.own(new ConcatBatches(kronos, layouts));
      take = resources.own(TakeBatch.ofRows(kronos, layouts.subList(0, limit.outputs())));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Has the kernels of an operator made in the background; see {@code Kernels.prepare}.
   *
   * @param kronos the device
   * @param limit which rows the operator is going to keep
   */
  public static void prepare(Kronos kronos, RankLimit limit) {
    ProjectBatch.prepare(kronos, limit.pipeline());
    List<ColumnLayout> layouts = ProjectBatch.outputLayouts(limit.pipeline());
    kronos.kernels().prepare(limit, () -> RankLimitKernels.sources(limit, layouts));
    TakeBatch.prepareOfRows(kronos, layouts.subList(0, limit.outputs()));
  }

  /** Returns why a device cannot do this, or nothing; needs no device. */
  public static Optional<String> unsupported(RankLimit limit) {
    return WindowBatches.unsupported(limit.windows());
  }

  /**
   * Takes in a batch that is on the device.
   *
   * @param batch rows that come behind those taken in before, in the order of the keys; stays the
   *     caller's
   * @return the rows that are kept, which the caller closes, if there are any
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  public Optional<ColumnBatch> add(ColumnBatch batch) {
    try (ColumnBatch projected = project.apply(batch)) {
      if (projected.rows() == 0) {
        return Optional.empty();
      }
      try (ColumnBatch all = behindLast(projected)) {
        Optional<ColumnBatch> kept = kept(projected, all);
        remember(all);
        return kept;
      }
    }
  }

  /** Tells whether no row can be kept any more: there is one partition, and ranks only grow. */
  public boolean isDone() {
    return limit.keys().partition().isEmpty() && rank > limit.most();
  }

  private ColumnBatch behindLast(ColumnBatch batch) {
    return last == null ? batch.retain() : concat.apply(List.of(last, batch));
  }

  private void remember(ColumnBatch all) {
    ColumnBatch before = last;
    last = concat.apply(List.of(RowsOfBatch.range(all, all.rows() - 1, 1)));
    if (before != null) {
      before.close();
    }
  }

  private Optional<ColumnBatch> kept(ColumnBatch batch, ColumnBatch all) {
    try (MarkedRows marked = new MarkedRows(kronos, all.rows())) {
      int count = mark(all, all.rows() - batch.rows(), marked);
      rowsOut += count;
      if (count == 0) {
        return Optional.empty();
      }
      if (count == batch.rows() || limit.outputs() == 0) {
        return Optional.of(new ColumnBatch(visible(batch).retain().columns(), count));
      }
      return Optional.of(take.apply(visible(all), marked.firstPlaces(count)));
    }
  }

  private ColumnBatch visible(ColumnBatch batch) {
    return new ColumnBatch(batch.columns().subList(0, limit.outputs()), batch.rows());
  }

  /** Marks rows that are kept and waits for it; returns how many there are. */
  private int mark(ColumnBatch all, int skipped, MarkedRows kept) {
    long countAt = (long) all.rows() * Integer.BYTES;
    try (DeviceBuffer standing = kronos.memory().allocate(Pool.DEVICE, STANDING_BYTES);
        DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, STANDING_BYTES + Long.BYTES)) {
      recordMarks(all, skipped, kept, standing);
      stream.copy(standing, 0, host, 0, STANDING_BYTES);
      stream.copy(kept.numbers(), countAt, host, STANDING_BYTES, Integer.BYTES);
      stream.submit().await();
      number = HostMemory.longAt(host.hostAddress());
      rank = HostMemory.longAt(host.hostAddress() + Long.BYTES);
      return HostMemory.intAt(host.hostAddress() + STANDING_BYTES);
    }
  }

  private void recordMarks(ColumnBatch all, int skipped, MarkedRows kept, DeviceBuffer standing) {
    int rows = all.rows();
    Arguments arguments = Arguments.builder().putAddress(kept.numbers());
    List<Access> accesses = new ArrayList<>(List.of(Access.writes(kept.numbers())));
    try (MarkedRows partitions = new MarkedRows(kronos, rows);
        MarkedRows peers = new MarkedRows(kronos, rows)) {
      partitions.mark(stream, kernels.partitions(), kernels.places(), all);
      peers.mark(stream, kernels.peers(), kernels.places(), all);
      for (MarkedRows each : List.of(partitions, peers)) {
        each.put(arguments);
        each.addReads(accesses);
      }
      arguments.putAddress(standing).putLong(number).putLong(rank);
      arguments.putLong(skipped).putLong(limit.most());
      accesses.add(Access.writes(standing));
      int groups = Workgroups.forRows(rows);
      stream.dispatch(new Dispatch(kernels.within(), arguments, accesses, groups, rows, 0, null));
      kept.number(stream, kernels.places());
    }
  }

  /** Returns the counts so far. */
  public OperatorCounters counters() {
    return project
        .counters()
        .followedBy(rowsOut, stream.counters().plus(concat.counters()).plus(take.counters()));
  }

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  public void close() {
    if (last != null) {
      last.close();
      last = null;
    }
    resources.close();
  }
}

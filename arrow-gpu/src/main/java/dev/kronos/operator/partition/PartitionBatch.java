// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.partition;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.kernels.twin.Turns;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.sort.BoundSearch;
import dev.kronos.operator.sort.KeyRange;
import dev.kronos.operator.sort.KeyWidth;
import dev.kronos.operator.sort.RadixSort;
import dev.kronos.operator.sort.SortBuffers;
import dev.kronos.operator.take.TakeBatch;
import java.util.List;

/**
 * Brings the rows of each partition of a batch together; within a partition rows keep their order.
 *
 * <p>One kernel computes the columns and, unless they are found among bounds, the numbers of the
 * rows' partitions; a stable radix sort of those numbers orders the rows, in one pass for up to 256
 * partitions; another kernel takes them, and one more finds where partitions begin. Rows that are
 * dealt out in turn need neither numbers nor a sort. Unless characters must be counted or a row may
 * fail, nobody waits for a batch before its partitions are asked for. Not thread-safe; any number
 * of operators may work on one device at once.
 */
public final class PartitionBatch implements AutoCloseable {
  private final Kronos kronos;
  private final PartitionSpec spec;
  private final int outputs;
  private final Resources resources = new Resources();
  private final Stream stream;
  private final RadixSort sort;
  private final ProjectBatch project;
  private final BoundSearch search;
  private TakeBatch take;
  private int turn;

  /**
   * Creates the operator and compiles its kernels, or finds them compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec how rows are told to partitions
   * @throws dev.kronos.KronosException.Unsupported when {@link PartitionSpec#unsupported} gives a
   *     reason
   */
  public PartitionBatch(Kronos kronos, PartitionSpec spec) {
    this.kronos = kronos;
    this.spec = spec;
    this.outputs = spec.outputs();
    this.sort = new RadixSort(kronos, KeyWidth.INT32);
    this.turn = spec.numbering() instanceof Numbering.InTurn inTurn ? inTurn.first() : 0;
    try {
      this.stream = resources.own(kronos.newStream());
      this.project = resources.own(new ProjectBatch(kronos, spec.pipeline()));
      this.search = search();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Has the kernels of an operator made in the background; see {@code Kernels.prepare}.
   *
   * @param kronos the device
   * @param spec what the operator is going to compute
   */
  public static void prepare(Kronos kronos, PartitionSpec spec) {
    ProjectBatch.prepare(kronos, spec.pipeline());
    if (spec.partitions() > 1 && spec.outputs() > 0) {
      TakeBatch.prepareOfRows(
          kronos, ProjectBatch.outputLayouts(spec.pipeline()).subList(0, spec.outputs()));
    }
  }

  /** Returns what finds rows among bounds, or null where they are told to partitions otherwise. */
  private BoundSearch search() {
    return spec.numbering() instanceof Numbering.OfRange range && spec.partitions() > 1
        ? resources.own(
            new BoundSearch(kronos, stream, range.order(), project.outputLayouts(), range.bounds()))
        : null;
  }

  /**
   * Orders a batch by partition.
   *
   * @param batch stays the caller's
   * @return its rows, which the caller closes
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  public PartitionedBatch apply(ColumnBatch batch) {
    ColumnBatch computed = project.apply(batch);
    if (spec.partitions() == 1 || computed.rows() == 0) {
      return inOrder(computed);
    }
    try (computed) {
      return spec.numbering() instanceof Numbering.InTurn ? dealt(computed) : sorted(computed);
    }
  }

  private PartitionedBatch dealt(ColumnBatch computed) {
    Turns turns = new Turns(computed.rows(), spec.partitions(), turn);
    turn = turns.partition(computed.rows());
    try (DeviceBuffer order =
        kronos.memory().allocate(Pool.DEVICE, (long) computed.rows() * Integer.BYTES)) {
      stream
          .batch()
          .kernel(kronos.kernels().named("partition/deal"))
          .writes(order)
          .putInt(turns.partitions())
          .putInt(turns.first())
          .run(Workgroups.forRows(turns.rows()), turns.rows());
      stream.submit();
      return new PartitionedBatch(taken(computed, order), new PartitionStarts(turns.starts()));
    }
  }

  private PartitionedBatch sorted(ColumnBatch computed) {
    try (BufferSlice numbers = numbers(computed);
        DeviceBuffer order = order(numbers, computed.rows())) {
      PartitionStarts starts = starts(numbers, order, computed.rows());
      try {
        return new PartitionedBatch(taken(computed, order), starts);
      } catch (RuntimeException e) {
        starts.close();
        throw e;
      }
    }
  }

  /** Returns the numbers of the rows' partitions, which the caller closes. */
  private BufferSlice numbers(ColumnBatch computed) {
    if (spec.numbering() instanceof Numbering.OfColumn of) {
      BufferSlice column = computed.columns().get(of.column()).values();
      return BufferSlice.shared(column.buffer(), column.offset(), column.sizeBytes());
    }
    return BufferSlice.whole(search.search(computed));
  }

  private PartitionedBatch inOrder(ColumnBatch computed) {
    computed.columns().subList(outputs, computed.columns().size()).forEach(Column::close);
    int[] starts = new int[spec.partitions() + 1];
    starts[spec.partitions()] = computed.rows();
    return new PartitionedBatch(values(computed), new PartitionStarts(starts));
  }

  private ColumnBatch values(ColumnBatch computed) {
    return new ColumnBatch(computed.columns().subList(0, outputs), computed.rows());
  }

  private DeviceBuffer order(BufferSlice numbers, int rows) {
    try (SortBuffers buffers =
        new SortBuffers(kronos, KeyWidth.INT32, rows, SortBuffers.Rows.NUMBERED)) {
      sort.record(stream, numbers, buffers, KeyRange.between(0, spec.partitions() - 1L));
      return buffers.rows().retain();
    }
  }

  private ColumnBatch taken(ColumnBatch computed, DeviceBuffer order) {
    ColumnBatch values = values(computed);
    if (outputs == 0) {
      return values;
    }
    if (take == null) {
      List<ColumnLayout> layouts = values.columns().stream().map(Column::layout).toList();
      take = resources.own(TakeBatch.ofRows(kronos, layouts));
    }
    return take.apply(values, new BufferSlice(order, 0, (long) computed.rows() * Integer.BYTES));
  }

  private PartitionStarts starts(BufferSlice numbers, DeviceBuffer order, int rows) {
    int count = spec.partitions() + 1;
    long sizeBytes = (long) count * Integer.BYTES;
    DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, sizeBytes);
    try (DeviceBuffer found = kronos.memory().allocate(Pool.DEVICE, sizeBytes)) {
      stream
          .batch()
          .kernel(kronos.kernels().named("partition/starts"))
          .reads(numbers.buffer(), numbers.offset(), numbers.sizeBytes())
          .reads(order)
          .writes(found)
          .putInt(rows)
          .putInt(0)
          .over(count);
      return new PartitionStarts(stream.copy(found, 0, host, 0, sizeBytes).submit(), host);
    } catch (RuntimeException e) {
      host.close();
      throw e;
    }
  }

  /** Returns how many rows passed each filter so far, in order. */
  public List<Long> filterRows() {
    return project.counters().filterRows();
  }

  /** Returns what was done so far, but for the taking of rows. */
  public StreamCounters counters() {
    return stream.counters().plus(project.counters().stream());
  }

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  public void close() {
    resources.close();
  }
}

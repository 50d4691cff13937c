// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.partition;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import dev.kronos.operator.sort.SortRows;
import dev.kronos.operator.sort.SortSpec;
import dev.kronos.operator.take.TakeBatch;
import java.util.List;

/**
 * Brings the rows of each partition of a batch together; within a partition rows keep their order.
 *
 * <p>One kernel computes the columns and the number of each row's partition; a stable radix sort of
 * those numbers orders the rows, in one pass for up to 256 partitions; another kernel takes them,
 * and one more finds where partitions begin. Not thread-safe; any number of operators may work on
 * one device at once.
 */
public final class PartitionBatch implements AutoCloseable {
  private final Kronos kronos;
  private final PartitionSpec spec;
  private final int columns;
  private final Resources resources = new Resources();
  private final Stream stream;
  private final SortRows sort;
  private final ProjectBatch project;
  private TakeBatch take;

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
    this.columns = spec.pipeline().outputTypes().size() - 1;
    this.sort = new SortRows(kronos);
    try {
      this.stream = resources.own(kronos.newStream());
      this.project = resources.own(new ProjectBatch(kronos, spec.pipeline()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
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
    try (computed;
        DeviceBuffer order = order(computed)) {
      int[] starts = starts(computed.columns().get(columns), order, computed.rows());
      return new PartitionedBatch(taken(computed, order), starts);
    }
  }

  private PartitionedBatch inOrder(ColumnBatch computed) {
    computed.columns().get(columns).close();
    int[] starts = new int[spec.partitions() + 1];
    starts[spec.partitions()] = computed.rows();
    return new PartitionedBatch(values(computed), starts);
  }

  private ColumnBatch values(ColumnBatch computed) {
    return new ColumnBatch(computed.columns().subList(0, columns), computed.rows());
  }

  private DeviceBuffer order(ColumnBatch computed) {
    SortSpec.Key key =
        new SortSpec.Key(
            columns, SortOrder.ASCENDING, NullPlacement.AT_START, NanPlacement.BESIDE_NULLS);
    return sort.order(stream, computed, new SortSpec(List.of(key)));
  }

  private ColumnBatch taken(ColumnBatch computed, DeviceBuffer order) {
    ColumnBatch values = values(computed);
    if (columns == 0) {
      return values;
    }
    if (take == null) {
      List<ColumnLayout> layouts = values.columns().stream().map(Column::layout).toList();
      take = resources.own(TakeBatch.ofRows(kronos, layouts));
    }
    return take.apply(values, new BufferSlice(order, 0, (long) computed.rows() * Integer.BYTES));
  }

  private int[] starts(Column numbers, DeviceBuffer order, int rows) {
    int count = spec.partitions() + 1;
    long sizeBytes = (long) count * Integer.BYTES;
    try (DeviceBuffer found = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
        DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, sizeBytes)) {
      BufferSlice partitions = numbers.values();
      stream
          .batch()
          .kernel(kronos.kernels().named("partition/starts"))
          .reads(partitions.buffer(), partitions.offset(), partitions.sizeBytes())
          .reads(order)
          .writes(found)
          .putInt(rows)
          .putInt(0)
          .over(count);
      stream.copy(found, 0, host, 0, sizeBytes).submit().await();
      int[] starts = new int[count];
      for (int i = 0; i < count; i++) {
        starts[i] = HostMemory.intAt(host.hostAddress() + (long) i * Integer.BYTES);
      }
      return starts;
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

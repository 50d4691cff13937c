// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.join.TableIndex.Slots;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.operator.sort.KeyRange;
import dev.kronos.operator.sort.KeyWidth;
import dev.kronos.operator.sort.RadixSort;
import dev.kronos.operator.sort.SortBuffers;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the index of a build table. Where the key is an integer and keys lie close together, they
 * number the slots; else they are hashed. Rows claim slots; only where two rows met at one are they
 * sorted by slot, which lists the rows of each key in ascending order whoever came first.
 */
final class IndexBuilder {
  /** Counts rows that found their slot claimed by another row. */
  private static final int RIVALS = 0;

  /** Counts rows that match nothing. */
  private static final int NULLS = 1;

  /** Holds the greatest key, and then the complement of the least one. */
  private static final int MOST = 2;

  private static final int LEAST = 3;
  private static final int COUNTERS = 4;
  private static final long LEAST_CAPACITY = 64;

  /** How much larger a table may be that needs no hashing: it takes one read, and no comparison. */
  private static final long DENSE_GROWTH = 2;

  private final Kronos kronos;
  private final Stream stream;
  private final BuildPlan plan;
  private final ColumnBatch columns;
  private final long hashedCapacity;
  private final Resources made = new Resources();

  IndexBuilder(Kronos kronos, Stream stream, BuildPlan plan, ColumnBatch columns) {
    this.kronos = kronos;
    this.stream = stream;
    this.plan = plan;
    this.columns = columns;
    // At most half of the slots are claimed, so that probing stays short.
    long twice = 2L * Math.max(columns.rows(), 1);
    this.hashedCapacity = Math.max(LEAST_CAPACITY, Long.highestOneBit(twice * 2 - 1));
  }

  /** Returns the kernels that may be needed. */
  static List<ShaderSource> kernels(BuildPlan plan) {
    ShaderSource hashed = BuildCode.claim(plan, new Slots(0, false, 0), RIVALS, NULLS);
    if (!plan.numbersSlots()) {
      return List.of(hashed);
    }
    ShaderSource dense = BuildCode.claim(plan, new Slots(0, true, 0), RIVALS, NULLS);
    return List.of(BuildCode.extent(plan, MOST, LEAST), dense, hashed);
  }

  /** Makes the index, which work on any stream may use at once; the caller closes it. */
  TableIndex build() {
    try (DeviceBuffer rowSlots = allocate(columns.rows());
        StatusArea status = new StatusArea(kronos.memory(), stream, COUNTERS)) {
      Slots slots = plan.numbersSlots() && columns.rows() > 0 ? measured(status) : hashed();
      DeviceBuffer claims = made.own(allocate(slots.capacity()));
      stream.fill(claims, 0, claims.sizeBytes(), 0);
      if (columns.rows() > 0) {
        recordClaims(slots, claims, rowSlots, status);
      }
      status.recordRead(stream);
      stream.submit().await();
      long nullKeys = status.counter(NULLS);
      return status.counter(RIVALS) == 0
          ? new TableIndex(claims, null, null, null, slots, nullKeys)
          : listed(new TableIndex(claims, null, null, null, slots, nullKeys), rowSlots);
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private Slots hashed() {
    return new Slots(hashedCapacity, false, 0);
  }

  /** Looks how far keys are apart. */
  private Slots measured(StatusArea status) {
    Arguments arguments = Arguments.builder().putLong(status.countersAddress());
    dispatch(BuildCode.extent(plan, MOST, LEAST), arguments, List.of(status.access()), status);
    status.recordRead(stream);
    stream.submit().await();
    long most = status.counter(MOST);
    long least = ~status.counter(LEAST);
    boolean any = Long.compareUnsigned(least, most) <= 0;
    boolean near = Long.compareUnsigned(most - least, DENSE_GROWTH * hashedCapacity) < 0;
    return any && near ? new Slots(most - least + 1, true, least ^ Long.MIN_VALUE) : hashed();
  }

  private DeviceBuffer allocate(long integers) {
    return kronos.memory().allocate(Pool.DEVICE, integers * Integer.BYTES);
  }

  private void recordClaims(
      Slots slots, DeviceBuffer claims, DeviceBuffer rowSlots, StatusArea status) {
    Arguments arguments = Arguments.builder().putLong(status.countersAddress());
    arguments.putAddress(claims).putAddress(rowSlots);
    arguments.putLong(slots.capacity()).putLong(slots.denseBase());
    List<Access> accesses =
        List.of(status.access(), Access.updates(claims), Access.writes(rowSlots));
    dispatch(BuildCode.claim(plan, slots, RIVALS, NULLS), arguments, accesses, status);
  }

  /** Runs a kernel over the rows of the table, whose columns follow the arguments. */
  private void dispatch(
      ShaderSource source, Arguments arguments, List<Access> accesses, StatusArea status) {
    BatchBinding.put(arguments, columns);
    List<Access> all = new ArrayList<>(accesses);
    BatchBinding.addReads(all, columns);
    int rows = columns.rows();
    Kernel kernel = kronos.kernels().compile(source);
    stream.dispatch(
        new Dispatch(kernel, arguments, all, Workgroups.forRows(rows), rows, 0, status.buffer()));
  }

  private TableIndex listed(TableIndex index, DeviceBuffer rowSlots) {
    int rows = columns.rows();
    try (SortBuffers sorted =
        new SortBuffers(kronos, KeyWidth.INT32, rows, SortBuffers.Rows.NUMBERED)) {
      long capacity = index.slots().capacity();
      DeviceBuffer begins = made.own(allocate(capacity));
      DeviceBuffer ends = made.own(allocate(capacity));
      KeyRange range = KeyRange.between(0, capacity);
      new RadixSort(kronos, KeyWidth.INT32).record(stream, rowSlots, sorted, range);
      recordBounds(sorted.keys(), begins, ends, capacity);
      stream.submit();
      DeviceBuffer listed = made.own(sorted.rows().retain());
      return new TableIndex(index.claims(), begins, ends, listed, index.slots(), index.nullKeys());
    }
  }

  private void recordBounds(
      DeviceBuffer slots, DeviceBuffer begins, DeviceBuffer ends, long capacity) {
    Arguments arguments = Arguments.builder().putAddress(slots).putLong(capacity);
    arguments.putAddress(begins).putAddress(ends);
    List<Access> accesses =
        List.of(Access.reads(slots), Access.updates(begins), Access.updates(ends));
    int rows = columns.rows();
    stream.dispatch(
        new Dispatch(
            kronos.kernels().compile(BuildCode.bounds()),
            arguments,
            accesses,
            Workgroups.forRows(rows),
            rows,
            0,
            null));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/** Lists, in order, the rows of a batch that pass all filters. */
final class RowSelection implements AutoCloseable {
  private final Kronos kronos;
  private final Stream stream;
  private final StatusArea status;
  private final LiteralBuffer literals;
  private final Kernel select;
  private final PrefixSum scan;
  private final Kernel list;
  private final int lastFilter;
  private DeviceBuffer bits;
  private DeviceBuffer tiles;
  private DeviceBuffer rows;
  private long passedBefore;

  RowSelection(Kronos kronos, Stream stream, FusedPipeline pipeline, StatusArea status) {
    this.kronos = kronos;
    this.stream = stream;
    this.status = status;
    this.lastFilter = pipeline.conditions().size() - 1;
    SelectCode code = new SelectCode(pipeline);
    this.select = kronos.kernels().compile(code.source());
    this.scan = new PrefixSum(kronos, PrefixSum.Width.INT32);
    this.list = kronos.kernels().compile(SelectCode.list());
    this.literals = new LiteralBuffer(kronos.memory(), stream, code.literals());
  }

  /** Selects rows of a batch that is not empty, waits and returns how many; throws RowFailure. */
  int select(ColumnBatch batch) {
    int tileCount = (batch.rows() + Workgroups.SIZE - 1) / Workgroups.SIZE;
    reserve(tileCount);
    recordSelect(batch);
    recordList(batch.rows(), tileCount);
    status.recordRead(stream);
    stream.submit().await();
    status.checkRows();
    long passed = status.counter(lastFilter);
    int selected = (int) (passed - passedBefore);
    passedBefore = passed;
    return selected;
  }

  private void reserve(int tileCount) {
    long rowBytes = (long) tileCount * Workgroups.SIZE * Integer.BYTES;
    if (rows != null && rows.sizeBytes() >= rowBytes) {
      return;
    }
    closeBuffers();
    rows = kronos.memory().allocate(Pool.DEVICE, rowBytes);
    bits = kronos.memory().allocate(Pool.DEVICE, (long) tileCount * Workgroups.SIZE / Byte.SIZE);
    tiles = kronos.memory().allocate(Pool.DEVICE, (tileCount + 1L) * Integer.BYTES);
  }

  private void recordSelect(ColumnBatch batch) {
    Arguments arguments = Arguments.builder();
    literals.put(arguments);
    arguments.putLong(status.countersAddress()).putAddress(bits).putAddress(tiles);
    BatchBinding.put(arguments, batch);
    List<Access> accesses = new ArrayList<>(literals.accesses());
    accesses.addAll(List.of(status.access(), Access.writes(bits), Access.writes(tiles)));
    BatchBinding.addReads(accesses, batch);
    int workgroups = Workgroups.forRows(batch.rows());
    stream.dispatch(
        new Dispatch(select, arguments, accesses, workgroups, batch.rows(), 0, status.buffer()));
  }

  private void recordList(int rowCount, int tileCount) {
    scan.record(stream, tiles, 0, tileCount);
    Arguments listed = Arguments.builder().putAddress(bits).putAddress(tiles).putAddress(rows);
    List<Access> accesses = List.of(Access.reads(bits), Access.reads(tiles), Access.writes(rows));
    int workgroups = Workgroups.forRows(rowCount);
    stream.dispatch(new Dispatch(list, listed, accesses, workgroups, rowCount, 0, null));
  }

  /** Returns the buffer with the numbers of the rows selected last. */
  DeviceBuffer rows() {
    return rows;
  }

  private void closeBuffers() {
    if (rows != null) {
      rows.close();
      bits.close();
      tiles.close();
      rows = null;
    }
  }

  @Override
  public void close() {
    literals.close();
    closeBuffers();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.bench.work.WrongResult;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.pipeline.OperatorCounters;

/** Runs an operator that gives out a batch, on streams of its own. */
abstract class BatchCell implements ArrowCell {

  static final ColumnLayout LONGS = ColumnLayout.of(DataType.INT64, Nullability.NON_NULL);

  private final String name;
  private final Kronos kronos;
  private final DeviceData data;
  private ColumnBatch result;
  private double deviceNanos;

  /** Makes a cell without data, which is a subclass's to fill in; {@code name} goes into errors. */
  BatchCell(Kronos kronos, String name) {
    this.kronos = kronos;
    this.name = name;
    this.data = new DeviceData(kronos);
  }

  Kronos kronos() {
    return kronos;
  }

  DeviceData data() {
    return data;
  }

  /** Returns a column without nulls over all of a buffer, which stays its owner's. */
  static Column column(ColumnLayout layout, DeviceBuffer values) {
    return new Column(layout, null, BufferSlice.whole(values), null, null, 0);
  }

  /** Computes a batch, which this closes, and tells {@link #spent} of every operator. */
  abstract ColumnBatch compute();

  /** Adds the device time of an operator that is done. */
  final void spent(OperatorCounters counters) {
    deviceNanos += counters.stream().deviceNanos();
  }

  /** Computes at once. */
  @Override
  public final void record(Stream stream) {
    drop();
    result = compute();
  }

  @Override
  public final double deviceNanos(Stream stream) {
    return deviceNanos;
  }

  /** Checks that there is a result of so many rows. */
  final void requireRows(int rows) {
    require(result != null && result.rows() == rows, "rows", rows);
  }

  /** Reads the values of a column of the result. */
  final void read(int column, int elementBytes, DeviceData.Reader reader) {
    data.read(result.columns().get(column).values(), result.rows(), elementBytes, reader);
  }

  final void require(boolean right, String what, int place) {
    if (!right) {
      throw new WrongResult(
          "wrong result: workload=%s, what=%s, place=%d".formatted(name, what, place));
    }
  }

  private void drop() {
    if (result != null) {
      result.close();
      result = null;
    }
  }

  @Override
  public final void close() {
    drop();
    data.close();
  }
}

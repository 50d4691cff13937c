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
import dev.kronos.expression.ColumnReference;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.join.BuildKey;
import dev.kronos.operator.join.BuildSide;
import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.join.JoinType;
import dev.kronos.operator.join.JoinedBatches;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.List;

/**
 * Joins rows with a tenth as many, whose keys are unique, and gives out a value of either side: the
 * rows' numbers. Every row has a match. The table is built anew each time.
 */
final class JoinCell implements ArrowCell {

  /** Says what keys look like. */
  enum Keys {
    /** Every number below the rows of the build side. */
    DENSE,
    /** Random numbers. */
    SPARSE
  }

  private static final int PROBE_BY_BUILD = 10;
  private static final ColumnLayout LONGS = ColumnLayout.of(DataType.INT64, Nullability.NON_NULL);
  private static final PipelineSpec SOURCE = new PipelineSpec(List.of(LONGS, LONGS), List.of());
  private static final ColumnReference KEY = new ColumnReference(0, DataType.INT64, false);
  private static final BuildSpec BUILD = new BuildSpec(SOURCE, List.of(BuildKey.of(KEY)));

  private final Kronos kronos;
  private final int rows;
  private final int buildRows;
  private final Keys keys;
  private final DeviceData data;
  private final ColumnBatch probe;
  private final ColumnBatch build;
  private ColumnBatch result;
  private long deviceNanos;

  JoinCell(Kronos kronos, int rows, Keys keys) {
    this.kronos = kronos;
    this.rows = rows;
    this.buildRows = Math.max(1, rows / PROBE_BY_BUILD);
    this.keys = keys;
    this.data = new DeviceData(kronos);
    try {
      this.probe = batch(rows, row -> key(match(row)));
      this.build = batch(buildRows, this::key);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** Returns the row of the build side that a row matches. */
  private int match(int row) {
    return (int) ((DeviceData.random(row) >>> 1) % buildRows);
  }

  private long key(int buildRow) {
    return keys == Keys.DENSE ? buildRow : DeviceData.random(-1L - buildRow);
  }

  /** Makes keys and row numbers; {@code data} closes them. */
  private ColumnBatch batch(int count, DeviceData.Contents contents) {
    DeviceBuffer keyBuffer = data.filled(count, Long.BYTES, contents);
    DeviceBuffer numbers = data.filled(count, Long.BYTES, row -> row);
    return new ColumnBatch(List.of(column(keyBuffer), column(numbers)), count);
  }

  private static Column column(DeviceBuffer buffer) {
    return new Column(LONGS, null, BufferSlice.whole(buffer), null, null, 0);
  }

  private static JoinSpec spec() {
    JoinSpec.Builder builder =
        JoinSpec.builder(JoinType.INNER, BuildSide.RIGHT, SOURCE, BUILD).probeKeys(List.of(KEY));
    return builder.outputs(List.of(builder.columns().get(1), builder.columns().get(3))).build();
  }

  @Override
  public long elements() {
    return rows;
  }

  @Override
  public double bytes() {
    return 4.0 * Long.BYTES * rows + 2.0 * Long.BYTES * buildRows;
  }

  /** Joins at once, on streams of the join's own. */
  @Override
  public void record(Stream stream) {
    drop();
    try (JoinBuild builder = new JoinBuild(kronos, BUILD)) {
      builder.add(build);
      probeTable(builder);
      deviceNanos += builder.counters().stream().deviceNanos();
    }
  }

  private void probeTable(JoinBuild builder) {
    try (BuildTable table = builder.finish();
        HashJoin join = new HashJoin(kronos, spec(), table, Integer.MAX_VALUE)) {
      result = first(join);
      deviceNanos += join.counters().stream().deviceNanos();
    }
  }

  private ColumnBatch first(HashJoin join) {
    try (JoinedBatches pieces = join.probe(probe)) {
      return pieces.next();
    }
  }

  @Override
  public double deviceNanos(Stream stream) {
    return deviceNanos;
  }

  @Override
  public void check() {
    require(result != null && result.rows() == rows, "rows", rows);
    checkColumn(0, row -> row);
    checkColumn(1, this::match);
  }

  private void checkColumn(int index, DeviceData.Contents expected) {
    DeviceBuffer values = values(index);
    try {
      data.read(
          values,
          rows,
          Long.BYTES,
          (place, found) -> require(found == expected.at(place), "column " + index, place));
    } finally {
      values.close();
    }
  }

  /** Copies a column to the start of a buffer, which the caller closes. */
  private DeviceBuffer values(int index) {
    BufferSlice slice = result.columns().get(index).values();
    DeviceBuffer copy = kronos.memory().allocate(slice.buffer().pool(), slice.sizeBytes());
    try (Stream stream = kronos.newStream()) {
      stream.copy(slice.buffer(), slice.offset(), copy, 0, slice.sizeBytes()).submit().await();
    }
    return copy;
  }

  private static void require(boolean right, String what, int place) {
    if (!right) {
      throw new WrongResult(
          "wrong result: workload=join, what=%s, place=%d".formatted(what, place));
    }
  }

  private void drop() {
    if (result != null) {
      result.close();
      result = null;
    }
  }

  @Override
  public void close() {
    drop();
    data.close();
  }
}

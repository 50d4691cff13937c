// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
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
final class JoinCell extends BatchCell {

  /** Says what keys look like. */
  enum Keys {
    /** Every number below the rows of the build side. */
    DENSE,
    /** Random numbers. */
    SPARSE
  }

  private static final int PROBE_BY_BUILD = 10;
  private static final PipelineSpec SOURCE = new PipelineSpec(List.of(LONGS, LONGS), List.of());
  private static final ColumnReference KEY = new ColumnReference(0, DataType.INT64, false);
  private static final BuildSpec BUILD = new BuildSpec(SOURCE, List.of(BuildKey.of(KEY)));

  private final int rows;
  private final int buildRows;
  private final Keys keys;
  private final ColumnBatch probe;
  private final ColumnBatch build;

  JoinCell(Kronos kronos, int rows, Keys keys) {
    super(kronos, "join");
    this.rows = rows;
    this.buildRows = Math.max(1, rows / PROBE_BY_BUILD);
    this.keys = keys;
    try {
      this.probe = batch(rows, row -> key(match(row)));
      this.build = batch(buildRows, this::key);
    } catch (RuntimeException e) {
      close();
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

  /** Makes keys and row numbers. */
  private ColumnBatch batch(int count, DeviceData.Contents contents) {
    DeviceBuffer keyBuffer = data().filled(count, Long.BYTES, contents);
    DeviceBuffer numbers = data().filled(count, Long.BYTES, row -> row);
    return new ColumnBatch(List.of(column(LONGS, keyBuffer), column(LONGS, numbers)), count);
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

  @Override
  ColumnBatch compute() {
    try (JoinBuild builder = new JoinBuild(kronos(), BUILD)) {
      builder.add(build);
      ColumnBatch result = probeTable(builder);
      spent(builder.counters());
      return result;
    }
  }

  private ColumnBatch probeTable(JoinBuild builder) {
    try (BuildTable table = builder.finish();
        HashJoin join = new HashJoin(kronos(), spec(), table, Integer.MAX_VALUE)) {
      ColumnBatch result = first(join);
      spent(join.counters());
      return result;
    }
  }

  private ColumnBatch first(HashJoin join) {
    try (JoinedBatches pieces = join.probe(probe)) {
      return pieces.next();
    }
  }

  @Override
  public void check() {
    requireRows(rows);
    checkColumn(0, row -> row);
    checkColumn(1, this::match);
  }

  private void checkColumn(int index, DeviceData.Contents expected) {
    read(
        index,
        Long.BYTES,
        (place, found) -> require(found == expected.at(place), "column " + index, place));
  }
}

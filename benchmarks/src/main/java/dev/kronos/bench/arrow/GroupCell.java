// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.ErrorMode;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.BitSet;
import java.util.List;

/** Sums random longs by random 64-bit keys; how many groups there are, nothing is told ahead. */
final class GroupCell extends BatchCell {

  private static final PipelineSpec SOURCE = new PipelineSpec(List.of(LONGS, LONGS), List.of());
  private static final AggregateSpec SUMS =
      new AggregateSpec(
          SOURCE,
          List.of(ColumnReference.to(0, LONGS)),
          List.of(
              new AggregateCall(
                  Function.SUM, ColumnReference.to(1, LONGS), DataType.INT64, ErrorMode.WRAP)));

  /** Where the places of values begin: behind those of rows. */
  private static final long VALUES = 1L << 40;

  private final int rows;
  private final int groups;
  private final ColumnBatch batch;
  private final BitSet present = new BitSet();
  private long[] sums;

  /**
   * Makes keys and values.
   *
   * @param groups different keys at most, 1 or more: a key that no row happens to have is no group
   */
  GroupCell(Kronos kronos, int rows, int groups) {
    super(kronos, "sums of " + groups + " groups");
    this.rows = rows;
    this.groups = groups;
    try {
      this.batch =
          new ColumnBatch(
              List.of(
                  column(LONGS, data().filled(rows, Long.BYTES, row -> key(group(row)))),
                  column(LONGS, data().filled(rows, Long.BYTES, GroupCell::value))),
              rows);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private int group(int row) {
    return (int) ((DeviceData.random(row) >>> 1) % groups);
  }

  private static long key(int group) {
    return DeviceData.random(-1L - group);
  }

  private static long value(int row) {
    return DeviceData.random(VALUES + row);
  }

  @Override
  public long elements() {
    return rows;
  }

  @Override
  public double bytes() {
    return 2.0 * Long.BYTES * rows + 2.0 * Long.BYTES * Math.min(groups, rows);
  }

  @Override
  ColumnBatch compute() {
    try (HashAggregate aggregate = new HashAggregate(kronos(), SUMS)) {
      aggregate.add(batch);
      ColumnBatch result = aggregate.finish();
      spent(aggregate.counters());
      return result;
    }
  }

  /** Every group comes once, with its sum. */
  @Override
  public void check() {
    expect();
    int count = present.cardinality();
    requireRows(count);
    int[] found = new int[count];
    BitSet seen = new BitSet(groups);
    read(
        0,
        Long.BYTES,
        (place, key) -> {
          long group = -1 - DeviceData.place(key);
          require(group >= 0 && group < groups && !seen.get((int) group), "key", place);
          seen.set((int) group);
          found[place] = (int) group;
        });
    read(1, Long.BYTES, (place, sum) -> require(sum == sums[found[place]], "sum", place));
  }

  /** Adds up once: both checks are of the same sums. */
  private void expect() {
    if (sums != null) {
      return;
    }
    sums = new long[groups];
    for (int row = 0; row < rows; row++) {
      int group = group(row);
      sums[group] += value(row);
      present.set(group);
    }
  }
}

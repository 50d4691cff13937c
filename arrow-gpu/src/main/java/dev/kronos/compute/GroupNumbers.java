// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.And;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.pipeline.PrefixSum;
import java.util.List;

/**
 * Numbers groups from 0 in the order of their first rows and tells each row the number of its
 * group: the number of first rows before the first row of its group. Holds the columns until
 * closed.
 */
final class GroupNumbers implements AutoCloseable {
  private final ColumnBatch firsts;
  private final Expression isFirst;
  private final Column numbers;

  /**
   * Finds the groups.
   *
   * @param kronos the device
   * @param stream where the work is recorded
   * @param input the rows and their keys
   * @param counted which rows make a group; those of others get a number that means nothing
   */
  GroupNumbers(Kronos kronos, Stream stream, GroupInput input, Expression counted) {
    GroupPass.Rows rows = GroupPass.Rows.of(input);
    try (HashAggregate aggregate = new HashAggregate(kronos, rows.spec(List.of()))) {
      aggregate.add(input.batch());
      this.firsts = aggregate.lookUp(input.batch());
    }
    try {
      Expression first =
          GroupInput.reference(GroupInput.layouts(batch(input)), input.batch().columns().size());
      this.isFirst =
          new And(new Comparison(Comparison.Operator.EQ, first, input.rowNumber()), counted);
      this.numbers = input.rows() == 0 ? none() : numbers(kronos, stream, input);
    } catch (RuntimeException e) {
      firsts.close();
      throw e;
    }
  }

  private static Column none() {
    return new Column(GroupInput.NUMBERS, null, null, null, null, 0);
  }

  private Column numbers(Kronos kronos, Stream stream, GroupInput input) {
    int rows = input.rows();
    long sizeBytes = (long) rows * Integer.BYTES;
    Expression one = new Literal(DataType.INT32, 1);
    Expression zero = new Literal(DataType.INT32, 0);
    Expression mark = new CaseWhen(List.of(new CaseWhen.Branch(isFirst, one)), zero);
    try (ColumnBatch marks = GroupPass.project(kronos, batch(input), List.of(mark));
        DeviceBuffer before = kronos.memory().allocate(Pool.DEVICE, sizeBytes + Integer.BYTES);
        DeviceBuffer first = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
        RowTaker taker = new RowTaker(kronos, stream)) {
      copy(stream, marks.columns().get(0).values(), before, sizeBytes);
      copy(stream, firsts.columns().get(0).values(), first, sizeBytes);
      new PrefixSum(kronos, PrefixSum.Width.INT32).record(stream, before, 0, rows);
      BufferSlice slice = new BufferSlice(before, 0, sizeBytes);
      Column places = new Column(GroupInput.NUMBERS, null, slice, null, null, 0);
      return taker.take(places, first, rows);
    }
  }

  private static void copy(Stream stream, BufferSlice source, DeviceBuffer target, long sizeBytes) {
    stream.copy(source.buffer(), source.offset(), target, 0, sizeBytes);
  }

  /** Returns the rows and, as their last column, the number of their group's first row. */
  ColumnBatch batch(GroupInput input) {
    return GroupInput.append(input.batch(), firsts.columns());
  }

  /** Returns the condition, over {@link #batch}, that a row is the first of its group. */
  Expression isFirst() {
    return isFirst;
  }

  /** Returns the number of each row's group, in a buffer of its own. */
  Column numbers() {
    return numbers;
  }

  @Override
  public void close() {
    firsts.close();
    numbers.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import dev.kronos.column.Nullability;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.PrefixSum;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Holds the rows to be grouped on the device, and the number of each as their last column. */
final class GroupInput implements AutoCloseable {
  /** Layout of columns of row numbers and of group numbers. */
  static final ColumnLayout NUMBERS = ColumnLayout.of(DataType.INT32, Nullability.NON_NULL);

  private final ColumnBatch batch;
  private final List<Expression> conditions;
  private final List<Expression> keys;

  private GroupInput(ColumnBatch batch, List<Expression> conditions, List<Expression> keys) {
    this.batch = batch;
    this.conditions = List.copyOf(conditions);
    this.keys = List.copyOf(keys);
  }

  /**
   * Uploads vectors.
   *
   * @param kronos the device
   * @param stream where copies are recorded and submitted
   * @param keys vectors of any layout
   * @param values vectors that have a column type; columns behind the keys
   */
  static GroupInput upload(
      Kronos kronos, Stream stream, List<FieldVector> keys, List<? extends FieldVector> values) {
    List<FieldVector> all = new ArrayList<>(keys);
    all.addAll(values);
    int rows = Vectors.requireSameLength(all);
    List<HostColumn> columns = new ArrayList<>(all.size());
    List<Expression> compared = new ArrayList<>(keys.size());
    for (FieldVector key : keys) {
      HostColumn column = KeyColumns.describe(key, rows);
      Expression bits = ColumnReference.to(columns.size(), column.layout());
      compared.add(KeyColumns.key(CarriedRules.as(bits, KeyColumns.type(key, column))));
      columns.add(column);
    }
    columns.addAll(new Vectors(values).batch().columns());
    HostBatch batch = new HostBatch(columns, rows);
    try (ColumnBatch uploaded = new BatchUpload(kronos, stream).upload(batch)) {
      return of(kronos, stream, uploaded, List.of(), compared);
    }
  }

  /**
   * Takes rows that are on the device.
   *
   * @param kronos the device
   * @param stream where work is recorded and submitted
   * @param rows the rows; stay the caller's
   * @param conditions which rows count: all of these must be true
   * @param keys what is compared, over the rows
   */
  static GroupInput of(
      Kronos kronos,
      Stream stream,
      ColumnBatch rows,
      List<Expression> conditions,
      List<Expression> keys) {
    Column numbers = rowNumbers(kronos, stream, rows.rows());
    stream.submit();
    return new GroupInput(append(rows.retain(), List.of(numbers)), conditions, keys);
  }

  /** Returns the columns of a batch and others, all owned by their owners as before. */
  static ColumnBatch append(ColumnBatch batch, List<Column> more) {
    List<Column> columns = new ArrayList<>(batch.columns());
    columns.addAll(more);
    return new ColumnBatch(columns, batch.rows());
  }

  /** The sum of as many ones as there are rows before a row is its number. */
  private static Column rowNumbers(Kronos kronos, Stream stream, int rows) {
    if (rows == 0) {
      return new Column(NUMBERS, null, null, null, null, 0);
    }
    DeviceBuffer numbers = kronos.memory().allocate(Pool.DEVICE, (rows + 1L) * Integer.BYTES);
    try {
      stream.fill(numbers, 0, numbers.sizeBytes(), 1);
      new PrefixSum(kronos, PrefixSum.Width.INT32).record(stream, numbers, 0, rows);
    } catch (RuntimeException e) {
      numbers.close();
      throw e;
    }
    BufferSlice slice = new BufferSlice(numbers, 0, (long) rows * Integer.BYTES);
    return new Column(NUMBERS, null, slice, null, null, 0);
  }

  ColumnBatch batch() {
    return batch;
  }

  int rows() {
    return batch.rows();
  }

  static List<ColumnLayout> layouts(ColumnBatch batch) {
    return batch.columns().stream().map(Column::layout).toList();
  }

  static ColumnReference reference(List<ColumnLayout> layouts, int column) {
    return ColumnReference.to(column, layouts.get(column));
  }

  private ColumnReference reference(int column) {
    return reference(layouts(batch), column);
  }

  /** Returns what must be true of a row that counts. */
  List<Expression> conditions() {
    return conditions;
  }

  /** Returns the keys as they are compared. */
  List<Expression> keys() {
    return keys;
  }

  /** Returns the values of a vector that was uploaded, of its type. */
  Expression value(int index, DataType type) {
    return CarriedRules.as(reference(keys.size() + index), type);
  }

  /** Returns the number of the row. */
  ColumnReference rowNumber() {
    return reference(batch.columns().size() - 1);
  }

  @Override
  public void close() {
    batch.close();
  }
}

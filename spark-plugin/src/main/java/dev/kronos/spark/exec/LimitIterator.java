// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.take.TakeBatch;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.columnar.DeviceInput;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Passes on a range of a task's rows. Whole batches go on as they are, a batch that is cut behind
 * shares its columns; only one that is cut in front is copied, on the device.
 */
final class LimitIterator extends TaskIterator {
  private final TaskResources resources = TaskResources.ofTask();
  private final SparkPipeline columns;
  private final ChainMetrics metrics;
  private final Rows rows;
  private final Iterator<ColumnarBatch> input;
  private long seen;

  /**
   * Names a range of rows.
   *
   * @param start the first
   * @param end the one behind the last
   */
  record Rows(int start, int end) {}

  LimitIterator(
      SparkPipeline columns, ChainMetrics metrics, Rows rows, Iterator<ColumnarBatch> input) {
    super(metrics);
    this.columns = columns;
    this.metrics = metrics;
    this.rows = rows;
    this.input = input;
  }

  @Override
  ColumnarBatch compute() {
    while (seen < rows.end() && rows.start() < rows.end() && input.hasNext()) {
      ColumnarBatch batch = input.next();
      int from = (int) Math.max(0, Math.min(batch.numRows(), rows.start() - seen));
      int to = (int) Math.min(batch.numRows(), rows.end() - seen);
      seen += batch.numRows();
      if (from < to) {
        return cut(batch, from, to);
      }
      batch.closeIfFreeable();
    }
    return null;
  }

  private ColumnarBatch cut(ColumnarBatch batch, int from, int to) {
    if (from > 0) {
      return copy(batch, from, to);
    }
    if (to == batch.numRows()) {
      return batch;
    }
    ColumnVector[] vectors = new ColumnVector[batch.numCols()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = batch.column(i);
    }
    return new ColumnarBatch(vectors, to);
  }

  private ColumnarBatch copy(ColumnarBatch batch, int from, int to) {
    Kronos kronos = KronosExecutor.current();
    BatchOutput output = resources.own(new BatchOutput(kronos, columns.output()));
    try (DeviceInput door = new DeviceInput(kronos, columns.inputSchema());
        ColumnBatch taken = door.toDevice(batch);
        DeviceBuffer numbers = numbers(kronos, from, to);
        TakeBatch take = TakeBatch.ofRows(kronos, door.layouts())) {
      ColumnBatch part =
          take.apply(taken, new BufferSlice(numbers, 0, (long) (to - from) * Integer.BYTES));
      metrics.addStream(door.counters());
      metrics.addStream(take.counters());
      return output.give(part);
    } finally {
      batch.closeIfFreeable();
    }
  }

  private static DeviceBuffer numbers(Kronos kronos, int from, int to) {
    DeviceBuffer numbers =
        kronos.memory().allocate(Pool.UPLOAD, (long) (to - from) * Integer.BYTES);
    for (int row = from; row < to; row++) {
      HostMemory.putInt(numbers.hostAddress() + (long) (row - from) * Integer.BYTES, row);
    }
    return numbers;
  }
}

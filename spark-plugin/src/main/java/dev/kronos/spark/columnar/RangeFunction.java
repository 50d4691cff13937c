// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.io.Serializable;
import java.math.BigInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** Makes the slice of a range whose index a task is given. Travels to the executors. */
final class RangeFunction extends AbstractFunction1<Iterator<Integer>, Iterator<ColumnarBatch>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long start;
  private final long step;
  private final BigInteger count;
  private final int slices;
  private final int batchRows;
  private final SQLMetric rows;
  private final SQLMetric batches;

  RangeFunction(KronosRangeExec range, int batchRows, SQLMetric rows, SQLMetric batches) {
    this.start = range.range().start();
    this.step = range.range().step();
    this.count = range.range().numElements().bigInteger();
    this.slices = range.slices();
    this.batchRows = batchRows;
    this.rows = rows;
    this.batches = batches;
  }

  @Override
  public Iterator<ColumnarBatch> apply(Iterator<Integer> index) {
    RangeSlice slice = RangeSlice.of(start, step, count, index.next(), slices);
    RangeBatches numbers = new RangeBatches(slice, batchRows);
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> numbers.close());
    }
    return CollectionConverters.asScala(new Counting(numbers));
  }

  /** Counts what passes. */
  private final class Counting implements java.util.Iterator<ColumnarBatch> {
    private final RangeBatches numbers;

    Counting(RangeBatches numbers) {
      this.numbers = numbers;
    }

    @Override
    public boolean hasNext() {
      return numbers.hasNext();
    }

    @Override
    public ColumnarBatch next() {
      ColumnarBatch batch = numbers.next();
      rows.add(batch.numRows());
      batches.add(1);
      return batch;
    }
  }
}

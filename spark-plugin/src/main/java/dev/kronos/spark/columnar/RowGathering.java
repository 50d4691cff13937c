// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * Gathers the rows of a partition into batches. Sent to executors; memory lives as long as a task.
 */
final class RowGathering extends AbstractFunction1<Iterator<InternalRow>, Iterator<ColumnarBatch>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType schema;
  private final int batchRows;
  private final SQLMetric rowCount;
  private final SQLMetric batchCount;

  RowGathering(StructType schema, int batchRows, SQLMetric rowCount, SQLMetric batchCount) {
    this.schema = schema;
    this.batchRows = batchRows;
    this.rowCount = rowCount;
    this.batchCount = batchCount;
  }

  @Override
  public Iterator<ColumnarBatch> apply(Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return CollectionConverters.asScala(java.util.Collections.emptyIterator());
    }
    RowBatches batches = new RowBatches(CollectionConverters.asJava(rows), schema, batchRows);
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> batches.close());
    }
    return CollectionConverters.asScala(new Counting(batches));
  }

  /** Counts what passes. */
  private final class Counting implements java.util.Iterator<ColumnarBatch> {
    private final RowBatches batches;

    Counting(RowBatches batches) {
      this.batches = batches;
    }

    @Override
    public boolean hasNext() {
      return batches.hasNext();
    }

    @Override
    public ColumnarBatch next() {
      ColumnarBatch batch = batches.next();
      rowCount.add(batch.numRows());
      batchCount.add(1);
      return batch;
    }
  }
}

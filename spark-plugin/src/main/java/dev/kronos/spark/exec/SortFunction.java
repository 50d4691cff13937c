// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.SparkOrder;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Orders the rows of a task. */
final class SortFunction extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final SparkOrder order;
  private final ChainMetrics metrics;
  private final int batchRows;

  SortFunction(SparkOrder order, ChainMetrics metrics, int batchRows) {
    this.order = order;
    this.metrics = metrics;
    this.batchRows = batchRows;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    return new SortIterator(order, metrics, batchRows, input);
  }
}

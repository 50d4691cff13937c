// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.SparkPipeline;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Passes on some rows of a task. */
final class LimitFunction extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final SparkPipeline columns;
  private final ChainMetrics metrics;
  private final int start;
  private final int end;

  LimitFunction(SparkPipeline columns, ChainMetrics metrics, int start, int end) {
    this.columns = columns;
    this.metrics = metrics;
    this.start = start;
    this.end = end;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    return new LimitIterator(columns, metrics, new LimitIterator.Rows(start, end), input);
  }
}

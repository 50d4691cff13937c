// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.WindowShape;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Computes functions over windows of a task's rows. */
final class WindowTask extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final SparkPipeline pipeline;
  private final WindowShape shape;
  private final ChainMetrics metrics;
  private final int batchRows;

  WindowTask(SparkPipeline pipeline, WindowShape shape, ChainMetrics metrics, int batchRows) {
    this.pipeline = pipeline;
    this.shape = shape;
    this.metrics = metrics;
    this.batchRows = batchRows;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    return new WindowIterator(pipeline, shape, metrics, batchRows, input);
  }
}

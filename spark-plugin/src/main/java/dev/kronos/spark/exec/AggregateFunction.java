// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.AggregateShape;
import dev.kronos.spark.catalyst.SparkPipeline;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Groups all batches of a task, after filters and projections. */
final class AggregateFunction extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final SparkPipeline pipeline;
  private final AggregateShape shape;
  private final ChainMetrics metrics;

  AggregateFunction(SparkPipeline pipeline, AggregateShape shape, ChainMetrics metrics) {
    this.pipeline = pipeline;
    this.shape = shape;
    this.metrics = metrics;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    return new AggregateIterator(pipeline, shape, metrics, input);
  }
}

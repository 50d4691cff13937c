// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.SparkPipeline;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Filters and projects batches. */
final class ProjectFunction extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final SparkPipeline pipeline;
  private final ChainMetrics metrics;

  ProjectFunction(SparkPipeline pipeline, ChainMetrics metrics) {
    this.pipeline = pipeline;
    this.metrics = metrics;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    return new ProjectIterator(pipeline, metrics, input);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.SparkPipeline;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Projects each batch in several ways. */
final class ExpandFunction extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final List<SparkPipeline> pipelines;
  private final List<Attribute> columns;
  private final ChainMetrics metrics;

  ExpandFunction(List<SparkPipeline> pipelines, List<Attribute> columns, ChainMetrics metrics) {
    this.pipelines = List.copyOf(pipelines);
    this.columns = List.copyOf(columns);
    this.metrics = metrics;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    return new ExpandIterator(pipelines, columns, metrics, input);
  }
}

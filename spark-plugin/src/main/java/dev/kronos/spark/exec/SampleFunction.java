// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.SampleParts;
import dev.kronos.spark.catalyst.SparkPipeline;
import java.io.Serializable;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction2;

/** Samples a partition whose index a task is given. Travels to the executors. */
final class SampleFunction
    extends AbstractFunction2<Object, Iterator<ColumnarBatch>, Iterator<ColumnarBatch>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SampleParts parts;
  private final SparkPipeline chosen;
  private final ChainMetrics metrics;

  SampleFunction(SampleParts parts, SparkPipeline chosen, ChainMetrics metrics) {
    this.parts = parts;
    this.chosen = chosen;
    this.metrics = metrics;
  }

  @Override
  public Iterator<ColumnarBatch> apply(Object partition, Iterator<ColumnarBatch> input) {
    return CollectionConverters.asScala(
        new SampleIterator(
            parts.sampler((Integer) partition),
            chosen,
            metrics,
            CollectionConverters.asJava(input)));
  }
}

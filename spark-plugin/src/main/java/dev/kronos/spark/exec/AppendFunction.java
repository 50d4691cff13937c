// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.SparkPipeline;
import java.io.Serializable;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * Puts columns beside those of a partition whose index a task is given, and runs a chain over all
 * of them. Travels to the executors.
 */
final class AppendFunction
    extends AbstractFunction2<Object, Iterator<ColumnarBatch>, Iterator<ColumnarBatch>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final AppendedColumns appended;
  private final SparkPipeline pipeline;
  private final ChainMetrics metrics;

  AppendFunction(AppendedColumns appended, SparkPipeline pipeline, ChainMetrics metrics) {
    this.appended = appended;
    this.pipeline = pipeline;
    this.metrics = metrics;
  }

  @Override
  public Iterator<ColumnarBatch> apply(Object partition, Iterator<ColumnarBatch> input) {
    return CollectionConverters.asScala(
        new AppendIterator(
            appended.start((Integer) partition),
            pipeline,
            metrics,
            CollectionConverters.asJava(input)));
  }

  /** Runs over all partitions of a chain's source, or in Spark where an executor has no device. */
  RDD<ColumnarBatch> over(FusedChain chain) {
    ClassTag<ColumnarBatch> batches = ClassTag$.MODULE$.apply(ColumnarBatch.class);
    return chain.orTwin(
        chain.source().executeColumnar().mapPartitionsWithIndex(this, false, batches));
  }
}

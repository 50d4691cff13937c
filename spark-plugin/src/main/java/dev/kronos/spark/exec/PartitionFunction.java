// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.SparkPartitioning;
import java.io.Serializable;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Product2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** Tells the rows of a task's batches to partitions. Travels to the executors. */
final class PartitionFunction
    extends AbstractFunction1<Iterator<ColumnarBatch>, Iterator<Product2<Integer, ColumnarBatch>>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SparkPartitioning partitioning;
  private final NodeMetrics metrics;
  private final SQLMetric sizeBytes;

  PartitionFunction(SparkPartitioning partitioning, NodeMetrics metrics, SQLMetric sizeBytes) {
    this.partitioning = partitioning;
    this.metrics = metrics;
    this.sizeBytes = sizeBytes;
  }

  /**
   * Applies this function to every partition of a source.
   *
   * @param repeatable whether a task that runs again tells the same rows to the same partitions
   */
  RDD<Product2<Integer, ColumnarBatch>> over(RDD<ColumnarBatch> source, boolean repeatable) {
    ClassTag<Product2<Integer, ColumnarBatch>> tag = ClassTag$.MODULE$.apply(Product2.class);
    RDD<Product2<Integer, ColumnarBatch>> rows = source.mapPartitions(this, false, tag);
    return repeatable ? rows : new UnrepeatableRdd<>(rows, tag);
  }

  @Override
  public Iterator<Product2<Integer, ColumnarBatch>> apply(Iterator<ColumnarBatch> batches) {
    java.util.Iterator<ColumnarBatch> input = CollectionConverters.asJava(batches);
    PartitionIterator rows =
        KronosExecutor.opened().isPresent()
            ? new DevicePartitions(partitioning, metrics, input)
            : new HostPartitions(partitioning, metrics, input);
    rows.countBytes(sizeBytes);
    return CollectionConverters.asScala(rows);
  }
}

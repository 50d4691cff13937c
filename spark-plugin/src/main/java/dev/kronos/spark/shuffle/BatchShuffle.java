// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.rdd.RDD;
import org.apache.spark.shuffle.ShuffleWriteProcessor;
import org.apache.spark.sql.execution.CoalescedPartitionSpec;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.ShufflePartitionSpec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Option;
import scala.Product2;

/** Registers exchanges of {@link BatchFrame}s with Spark's shuffle. */
public final class BatchShuffle {
  private BatchShuffle() {}

  /**
   * Makes the dependency of the stage that reads on the one that writes.
   *
   * @param rows frames, each with the number of its partition
   * @param partitions how many partitions there are, 1 or more
   * @param processor writes the records of a task and counts them
   */
  public static ShuffleDependency<Integer, ColumnarBatch, ColumnarBatch> dependency(
      RDD<Product2<Integer, ColumnarBatch>> rows, int partitions, ShuffleWriteProcessor processor) {
    return new FrameDependency(rows, new KeyIsPartition(partitions), processor);
  }

  /** Returns what reads each partition as one. */
  public static ShufflePartitionSpec[] everyPartition(int partitions) {
    ShufflePartitionSpec[] specs = new ShufflePartitionSpec[partitions];
    for (int i = 0; i < partitions; i++) {
      specs[i] = new CoalescedPartitionSpec(i, i + 1, Option.empty());
    }
    return specs;
  }

  /** Shows the number of partitions in the SQL UI. */
  public static void showPartitions(SparkPlan node, SQLMetric metric, int partitions) {
    metric.set(partitions);
    String execution = node.sparkContext().getLocalProperty(SQLExecution.EXECUTION_ID_KEY());
    SQLMetrics.postDriverMetricUpdates(
        node.sparkContext(), execution, ScalaCollections.seq(List.of(metric)));
  }

  /** Finds that a record's key is its partition. */
  private static final class KeyIsPartition extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int partitions;

    KeyIsPartition(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }
  }
}

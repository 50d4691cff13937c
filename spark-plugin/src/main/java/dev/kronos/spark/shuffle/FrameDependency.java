// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import org.apache.spark.Partitioner;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.rdd.RDD;
import org.apache.spark.shuffle.ShuffleHandle;
import org.apache.spark.shuffle.ShuffleWriteProcessor;
import org.apache.spark.shuffle.sort.BypassMergeSortShuffleHandle;
import org.apache.spark.shuffle.sort.SerializedShuffleHandle;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Option;
import scala.Product2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Depends on frames that another stage writes, one file a task.
 *
 * <p>For up to {@code spark.shuffle.sort.bypassMergeThreshold} partitions Spark's shuffle opens a
 * file for each of them in every task, and copies them together at its end. That suits rows; of
 * frames a task has few, and the files took a fifth of the processor's time. So such a shuffle is
 * written as those of more partitions are: records stay in Spark's memory, spill when that is
 * short, and are written once, in the order of partitions. Frames may be moved, which that needs.
 */
final class FrameDependency extends ShuffleDependency<Integer, ColumnarBatch, ColumnarBatch> {
  private static final long serialVersionUID = 1L;
  private static final ClassTag<ColumnarBatch> BATCH = ClassTag$.MODULE$.apply(ColumnarBatch.class);

  FrameDependency(
      RDD<Product2<Integer, ColumnarBatch>> rows,
      Partitioner partitioner,
      ShuffleWriteProcessor processor) {
    super(
        rows,
        partitioner,
        new FrameSerializer(),
        Option.empty(),
        Option.empty(),
        false,
        processor,
        ClassTag$.MODULE$.apply(Integer.class),
        BATCH,
        BATCH);
  }

  /** Returns what Spark's shuffle writes by; other managers' handles are left as they are. */
  @Override
  public ShuffleHandle shuffleHandle() {
    ShuffleHandle handle = super.shuffleHandle();
    return handle instanceof BypassMergeSortShuffleHandle
        ? new SerializedShuffleHandle<>(shuffleId(), this)
        : handle;
  }
}

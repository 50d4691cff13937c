// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.columnar.KronosRowToColumnarExec;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * Runs each task on the device of its executor or, where that has none, by Spark's own operators
 * over the same source. Which one is decided in the executor, as executors come and go after
 * planning.
 */
final class DeviceOrTwinRdd extends RDD<ColumnarBatch> {
  private static final long serialVersionUID = 1L;

  private final RDD<ColumnarBatch> device;
  private final RDD<ColumnarBatch> twin;

  private DeviceOrTwinRdd(RDD<ColumnarBatch> device, RDD<ColumnarBatch> twin) {
    super(
        device.context(),
        ScalaCollections.<Dependency<?>>seq(
            List.of(new OneToOneDependency<>(device), new OneToOneDependency<>(twin))),
        ClassTag$.MODULE$.apply(ColumnarBatch.class));
    this.device = device;
    this.twin = twin;
  }

  /**
   * Pairs the two.
   *
   * @param device runs on the device
   * @param twin Spark's plan of the same meaning, with the same partitions; gives rows
   */
  static RDD<ColumnarBatch> of(RDD<ColumnarBatch> device, SparkPlan twin) {
    return new DeviceOrTwinRdd(device, new KronosRowToColumnarExec(twin).executeColumnar());
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] onDevice = device.partitions();
    Partition[] onTwin = twin.partitions();
    Partition[] pairs = new Partition[onDevice.length];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new Pair(i, onDevice[i], onTwin[i]);
    }
    return pairs;
  }

  @Override
  public Iterator<ColumnarBatch> compute(Partition split, TaskContext context) {
    Pair pair = (Pair) split;
    return KronosExecutor.opened().isPresent()
        ? device.iterator(pair.onDevice(), context)
        : twin.iterator(pair.onTwin(), context);
  }

  /** Pairs one partition of each. */
  private record Pair(int index, Partition onDevice, Partition onTwin) implements Partition {}
}

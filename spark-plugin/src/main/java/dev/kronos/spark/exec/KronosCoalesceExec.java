// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.CoalesceExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Option;
import scala.math.Ordering;
import scala.reflect.ClassTag$;

/** Makes fewer partitions by running several of them one after the other in one task. */
public final class KronosCoalesceExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  private final Integer numPartitions;

  /**
   * Creates a node.
   *
   * @param numPartitions most partitions, 1 or more
   * @param child gives the rows
   */
  public KronosCoalesceExec(Integer numPartitions, SparkPlan child) {
    super(child);
    this.numPartitions = numPartitions;
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {numPartitions, child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return new CoalesceExec(numPartitions, child());
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosCoalesceExec(numPartitions, newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return Map.of();
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    RDD<ColumnarBatch> source = child().executeColumnar();
    if (numPartitions == 1 && source.getNumPartitions() == 0) {
      // One partition was promised; coalescing would leave none.
      return sparkContext()
          .parallelize(
              ScalaCollections.<ColumnarBatch>seq(List.of()),
              1,
              ClassTag$.MODULE$.apply(ColumnarBatch.class));
    }
    Ordering<ColumnarBatch> unordered = null;
    return source.coalesce(numPartitions, false, Option.empty(), unordered);
  }
}

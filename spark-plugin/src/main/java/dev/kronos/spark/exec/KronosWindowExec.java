// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.WindowShape;
import dev.kronos.spark.columnar.ParquetScan;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.window.WindowExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Seq;

/**
 * Computes functions over windows of sorted rows on the device, fused with the filters and
 * projections below it.
 */
public final class KronosWindowExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  private final Seq<NamedExpression> windows;
  private final Seq<Expression> partition;
  private final Seq<SortOrder> order;

  /**
   * Creates a node from the parts of Spark's.
   *
   * @param windows the functions
   * @param partition keys of partitions
   * @param order keys that rows of a partition are sorted by
   * @param child gives the rows, sorted by all keys
   */
  public KronosWindowExec(
      Seq<NamedExpression> windows,
      Seq<Expression> partition,
      Seq<SortOrder> order,
      SparkPlan child) {
    super(child);
    this.windows = windows;
    this.partition = partition;
    this.order = order;
  }

  /** Makes the node that takes the place of Spark's. */
  public static KronosWindowExec of(WindowExec plan) {
    return new KronosWindowExec(
        plan.windowExpression(), plan.partitionSpec(), plan.orderSpec(), plan.child());
  }

  /** Returns what one of Spark's nodes computes. */
  public static WindowShape shape(WindowExec plan) {
    return new WindowShape(
        ScalaCollections.list(plan.partitionSpec()),
        ScalaCollections.list(plan.orderSpec()),
        ScalaCollections.list(plan.windowExpression()));
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {windows, partition, order, child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return new WindowExec(windows, partition, order, child());
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosWindowExec(windows, partition, order, newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return NodeMetrics.make(sparkContext());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    FusedChain chain = FusedChain.below(this);
    WindowShape shape = shape((WindowExec) twin());
    int batchRows = ParquetScan.batchRows(conf());
    return new WindowTask(chain.pipeline(), shape, chain.metrics(), batchRows).over(chain);
  }
}

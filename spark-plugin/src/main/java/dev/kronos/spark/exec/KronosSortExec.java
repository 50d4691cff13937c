// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkOrder;
import dev.kronos.spark.columnar.ParquetScan;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Seq;

/**
 * Orders the rows of each partition on the device, fused with the filters and projections below it.
 * Where only the first rows are wanted, it may leave out others; a limit above it cuts exactly.
 */
public final class KronosSortExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  private final Seq<SortOrder> order;
  private final Boolean global;
  private final Integer most;

  /**
   * Creates a node.
   *
   * @param order the keys
   * @param global whether partitions must be in order, too
   * @param most how many rows are wanted of those that come first in each partition; {@link
   *     OrderSpec#ALL} for all
   * @param child gives the rows
   */
  public KronosSortExec(Seq<SortOrder> order, Boolean global, Integer most, SparkPlan child) {
    super(child);
    this.order = order;
    this.global = global;
    this.most = most;
  }

  /** Makes the node that takes the place of Spark's. */
  public static KronosSortExec of(SortExec plan) {
    return new KronosSortExec(plan.sortOrder(), plan.global(), OrderSpec.ALL, plan.child());
  }

  /** Returns the keys. */
  List<SortOrder> order() {
    return ScalaCollections.list(order);
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {order, global, most, child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return new SortExec(order, global, child(), 0);
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosSortExec(order, global, most, newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return NodeMetrics.make(sparkContext());
  }

  /** Describes the node as Spark describes its own, and says how many rows are wanted. */
  @Override
  public String simpleString(int maxFields) {
    String bound = most == OrderSpec.ALL ? "" : ", first " + most;
    return nodeName() + " " + ScalaCollections.list(order) + ", " + global + bound;
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    FusedChain chain = FusedChain.below(this);
    SparkOrder rows = new SparkOrder(chain.pipeline(), ScalaCollections.list(order), most);
    return new SortFunction(rows, chain.metrics(), ParquetScan.batchRows(conf())).over(chain);
  }
}

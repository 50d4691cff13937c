// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.SparkRankLimit;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.window.WindowGroupLimitExec;
import org.apache.spark.sql.execution.window.WindowGroupLimitMode;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Seq;

/**
 * Keeps those of the sorted rows whose rank is small, on the device, fused with the filters and
 * projections below it: before an exchange as well as behind it.
 */
public final class KronosWindowGroupLimitExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  private final Seq<Expression> partition;
  private final Seq<SortOrder> order;
  private final Expression rank;
  private final Integer most;
  private final WindowGroupLimitMode mode;

  /**
   * Creates a node from the parts of Spark's.
   *
   * @param partition keys of partitions
   * @param order keys that rows of a partition are sorted by
   * @param rank the function that ranks rows
   * @param most the greatest rank that is kept, 1 or more
   * @param mode whether partitions may go on in other tasks
   * @param child gives the rows, sorted by all keys
   */
  public KronosWindowGroupLimitExec(
      Seq<Expression> partition,
      Seq<SortOrder> order,
      Expression rank,
      Integer most,
      WindowGroupLimitMode mode,
      SparkPlan child) {
    super(child);
    this.partition = partition;
    this.order = order;
    this.rank = rank;
    this.most = most;
    this.mode = mode;
  }

  /** Makes the node that takes the place of Spark's. */
  public static KronosWindowGroupLimitExec of(WindowGroupLimitExec plan) {
    return new KronosWindowGroupLimitExec(
        plan.partitionSpec(),
        plan.orderSpec(),
        plan.rankLikeFunction(),
        plan.limit(),
        plan.mode(),
        plan.child());
  }

  /** Returns what one of Spark's nodes keeps of the rows of its child. */
  public static SparkRankLimit limit(WindowGroupLimitExec plan) {
    return new SparkRankLimit(
        new SparkPipeline(ScalaCollections.list(plan.child().output()), List.of()),
        ScalaCollections.list(plan.partitionSpec()),
        ScalaCollections.list(plan.orderSpec()),
        plan.rankLikeFunction(),
        plan.limit());
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {partition, order, rank, most, mode, child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return new WindowGroupLimitExec(partition, order, rank, most, mode, child());
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosWindowGroupLimitExec(partition, order, rank, most, mode, newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return NodeMetrics.make(sparkContext());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    FusedChain chain = FusedChain.below(this);
    SparkRankLimit limit = limit((WindowGroupLimitExec) twin()).over(chain.pipeline());
    return new RankLimitTask(limit, chain.metrics()).over(chain);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.KronosUnaryExec;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.GlobalLimitExec;
import org.apache.spark.sql.execution.LocalLimitExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Passes on some rows of each partition, and asks for no more batches than these lie in. */
public final class KronosLimitExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  private final Integer limit;
  private final Integer offset;
  private final Boolean global;

  /**
   * Creates a node.
   *
   * @param limit the row behind the last that is passed on; -1 for all
   * @param offset the first row that is passed on, from 0
   * @param global whether all rows must be in one partition
   * @param child gives the rows
   */
  public KronosLimitExec(Integer limit, Integer offset, Boolean global, SparkPlan child) {
    super(child);
    this.limit = limit;
    this.offset = offset;
    this.global = global;
  }

  /** Makes the node that takes the place of Spark's limit of each partition. */
  public static KronosLimitExec of(LocalLimitExec plan) {
    return new KronosLimitExec(plan.limit(), 0, false, plan.child());
  }

  /** Makes the node that takes the place of Spark's limit of all rows. */
  public static KronosLimitExec of(GlobalLimitExec plan) {
    return new KronosLimitExec(plan.limit(), plan.offset(), true, plan.child());
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {limit, offset, global, child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return global
        ? new GlobalLimitExec(limit, child(), offset)
        : new LocalLimitExec(limit, child());
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosLimitExec(limit, offset, global, newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return NodeMetrics.make(sparkContext());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    FusedChain nothing = new FusedChain(List.of(), child(), this);
    int end = limit < 0 ? Integer.MAX_VALUE : limit;
    return new LimitFunction(nothing.pipeline(), nothing.metrics(), offset, end).over(nothing);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.catalyst.SampleParts;
import dev.kronos.spark.catalyst.SparkPipeline;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.SampleExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Keeps the rows that Spark's generator of random numbers chooses, on the device. */
public final class KronosSampleExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  private final SampleParts parts;

  /**
   * Creates a node.
   *
   * @param parts which rows are chosen
   * @param child gives the rows
   */
  public KronosSampleExec(SampleParts parts, SparkPlan child) {
    super(child);
    this.parts = parts;
  }

  /** Makes the node that takes the place of Spark's. */
  public static KronosSampleExec of(SampleExec plan) {
    return new KronosSampleExec(SampleParts.of(plan), plan.child());
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {parts, child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return parts.over(child());
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosSampleExec(parts, newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return NodeMetrics.make(sparkContext());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    FusedChain nothing = new FusedChain(List.of(), child(), this);
    SparkPipeline chosen = SampleParts.chosen(nothing.pipeline().input());
    AppendedColumns marks = partition -> new SampleMarks(parts.sampler(partition));
    return new AppendFunction(marks, chosen, nothing.metrics()).over(nothing);
  }
}

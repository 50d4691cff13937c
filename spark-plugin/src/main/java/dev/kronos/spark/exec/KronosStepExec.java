// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.catalyst.SparkStep;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Is a node that changes rows one by one. A chain of such nodes runs as one kernel: the top one
 * executes the whole chain.
 */
public abstract class KronosStepExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  /** Creates a node over its input. */
  protected KronosStepExec(SparkPlan child) {
    super(child);
  }

  /** Returns what happens to a row. */
  abstract SparkStep step();

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return NodeMetrics.make(sparkContext());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    ChainFunction project = ProjectIterator::new;
    return project.over(ProbedChain.endingAt(this));
  }
}

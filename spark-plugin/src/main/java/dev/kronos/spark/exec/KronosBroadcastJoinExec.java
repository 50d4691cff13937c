// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.JoinParts;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Joins an input with a table that a {@link KronosBroadcastExchangeExec} sent to all executors;
 * each executor makes it a table on its device once.
 */
public abstract class KronosBroadcastJoinExec extends KronosJoinExec {
  private static final long serialVersionUID = 1L;

  /** Creates a node of its parts. */
  protected KronosBroadcastJoinExec(JoinParts parts) {
    super(parts);
  }

  @Override
  final ChainWork.Join work() {
    return work(parts().buildPlan().executeBroadcast());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    return new BroadcastJoinFunction(work()).over(ProbedChain.below(this, parts().probePlan()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.JoinParts;
import dev.kronos.spark.catalyst.JoinShape;
import dev.kronos.spark.catalyst.ScalaCollections;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.SparkPlan;
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

  /** Tells whether the join may become a step of a chain, if its table allows it. */
  final boolean isStep() {
    JoinShape shape = shape();
    return !shape.buildKeys().isEmpty() && !shape.dependsOnWholeProbeSide();
  }

  /** Returns the join as tasks do it; the broadcast goes on in the background. */
  final ChainWork.Join work() {
    SparkPlan build = parts().buildPlan();
    return new ChainWork.Join(
        shape(), ScalaCollections.list(build.output()), build.executeBroadcast());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    ProbedChain chain = ProbedChain.below(this, parts().probePlan());
    return new BroadcastJoinFunction(chain.work(), work()).over(chain.source().executeColumnar());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.JoinParts;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkPipeline;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
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
  public RDD<ColumnarBatch> doExecuteColumnar() {
    FusedChain chain = FusedChain.below(this, parts().probePlan());
    Broadcast<BroadcastTable> table = parts().buildPlan().executeBroadcast();
    SparkPipeline build =
        new SparkPipeline(ScalaCollections.list(parts().buildPlan().output()), List.of());
    JoinWork work = new JoinWork(chain.pipeline(), build, shape());
    return new BroadcastJoinFunction(work, chain.metrics(), table)
        .over(chain.source().executeColumnar());
  }
}

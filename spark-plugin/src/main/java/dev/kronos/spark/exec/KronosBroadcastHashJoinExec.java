// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.JoinParts;
import dev.kronos.spark.catalyst.SparkShim;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.optimizer.BuildSide;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.joins.BroadcastHashJoinExec;
import scala.Option;
import scala.collection.immutable.Seq;

/** Joins an input with a broadcast table by equal keys, on the device. */
public final class KronosBroadcastHashJoinExec extends KronosBroadcastJoinExec {
  private static final long serialVersionUID = 1L;

  /** Creates a node from the parts of Spark's {@link BroadcastHashJoinExec}. */
  // Spark copies nodes by the constructor that takes what the node shows of itself.
  @SuppressWarnings("checkstyle:ParameterNumber")
  public KronosBroadcastHashJoinExec(
      Seq<Expression> leftKeys,
      Seq<Expression> rightKeys,
      JoinType type,
      Boolean nullAware,
      BuildSide buildSide,
      Option<Expression> condition,
      SparkPlan left,
      SparkPlan right) {
    super(new JoinParts(leftKeys, rightKeys, type, nullAware, buildSide, condition, left, right));
  }

  /** Returns the parts of one of Spark's joins. */
  public static JoinParts parts(BroadcastHashJoinExec join) {
    return new JoinParts(
        join.leftKeys(),
        join.rightKeys(),
        join.joinType(),
        join.isNullAwareAntiJoin(),
        join.buildSide(),
        join.condition(),
        join.left(),
        join.right());
  }

  /** Makes the node that takes the place of Spark's. */
  public static KronosBroadcastHashJoinExec of(JoinParts parts) {
    return new KronosBroadcastHashJoinExec(
        parts.leftKeys(),
        parts.rightKeys(),
        parts.type(),
        parts.nullAware(),
        parts.buildSide(),
        parts.condition(),
        parts.left(),
        parts.right());
  }

  @Override
  protected SparkPlan makeTwin() {
    return SparkShim.broadcastHashJoin(parts());
  }

  @Override
  protected SparkPlan withChildren(SparkPlan newLeft, SparkPlan newRight) {
    return of(parts().over(newLeft, newRight));
  }
}

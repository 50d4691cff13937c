// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.JoinParts;
import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.optimizer.BuildSide;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.joins.ShuffledHashJoinExec;
import org.apache.spark.sql.execution.joins.SortMergeJoinExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Joins two inputs that are distributed alike by equal keys, on the device: in each task a table is
 * made of the build side's rows. Takes the place of Spark's joins by hashing and by merging.
 */
public final class KronosShuffledHashJoinExec extends KronosJoinExec {
  private static final long serialVersionUID = 1L;

  private final Boolean skewed;

  /** Creates a node from the parts of Spark's {@link ShuffledHashJoinExec}. */
  public KronosShuffledHashJoinExec(
      Seq<Expression> leftKeys,
      Seq<Expression> rightKeys,
      JoinType type,
      Boolean skewed,
      BuildSide buildSide,
      Option<Expression> condition,
      SparkPlan left,
      SparkPlan right) {
    super(new JoinParts(leftKeys, rightKeys, type, false, buildSide, condition, left, right));
    this.skewed = skewed;
  }

  /** Returns the parts of one of Spark's joins. */
  public static JoinParts parts(ShuffledHashJoinExec join) {
    return new JoinParts(
        join.leftKeys(),
        join.rightKeys(),
        join.joinType(),
        false,
        join.buildSide(),
        join.condition(),
        join.left(),
        join.right());
  }

  /** Returns the parts of one of Spark's joins, which has no build side by itself. */
  public static JoinParts parts(SortMergeJoinExec join, BuildSide buildSide) {
    return new JoinParts(
        join.leftKeys(),
        join.rightKeys(),
        join.joinType(),
        false,
        buildSide,
        join.condition(),
        join.left(),
        join.right());
  }

  /**
   * Makes the node that takes the place of Spark's.
   *
   * @param parts the parts of Spark's
   * @param skewed whether adaptive execution split partitions: inputs then are not clustered
   */
  public static KronosShuffledHashJoinExec of(JoinParts parts, Boolean skewed) {
    return new KronosShuffledHashJoinExec(
        parts.leftKeys(),
        parts.rightKeys(),
        parts.type(),
        skewed,
        parts.buildSide(),
        parts.condition(),
        parts.left(),
        parts.right());
  }

  @Override
  protected Object[] arguments() {
    Object[] arguments = super.arguments();
    arguments[3] = skewed;
    return arguments;
  }

  @Override
  protected SparkPlan makeTwin() {
    return new ShuffledHashJoinExec(
        parts().leftKeys(),
        parts().rightKeys(),
        parts().type(),
        parts().buildSide(),
        parts().condition(),
        left(),
        right(),
        skewed);
  }

  @Override
  protected SparkPlan withChildren(SparkPlan newLeft, SparkPlan newRight) {
    return of(parts().over(newLeft, newRight), skewed);
  }

  /** Claims no order: rows of the build side may come out last. */
  @Override
  public Seq<SortOrder> outputOrdering() {
    return ScalaCollections.seq(List.of());
  }

  @Override
  ChainWork.Join work() {
    return work(null);
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    ProbedChain chain = ProbedChain.ofRows(this, parts().probePlan());
    return new PartitionJoinFunction(chain.work(), work())
        .over(chain.source().executeColumnar(), parts().buildPlan().executeColumnar());
  }
}

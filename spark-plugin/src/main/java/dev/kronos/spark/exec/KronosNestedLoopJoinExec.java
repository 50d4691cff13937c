// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.JoinParts;
import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.optimizer.BuildLeft$;
import org.apache.spark.sql.catalyst.optimizer.BuildSide;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.physical.IdentityBroadcastMode$;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.joins.BroadcastNestedLoopJoinExec;
import org.apache.spark.sql.execution.joins.CartesianProductExec;
import scala.Option;
import scala.collection.immutable.Seq;

/** Joins every row of an input with every row of a broadcast table, on the device. */
public final class KronosNestedLoopJoinExec extends KronosBroadcastJoinExec {
  private static final long serialVersionUID = 1L;

  /** Creates a node from the parts of Spark's {@link BroadcastNestedLoopJoinExec}. */
  public KronosNestedLoopJoinExec(
      SparkPlan left,
      SparkPlan right,
      BuildSide buildSide,
      JoinType type,
      Option<Expression> condition) {
    super(parts(left, right, buildSide, type, condition));
  }

  private static JoinParts parts(
      SparkPlan left,
      SparkPlan right,
      BuildSide buildSide,
      JoinType type,
      Option<Expression> condition) {
    Seq<Expression> none = ScalaCollections.seq(List.of());
    return new JoinParts(none, none, type, false, buildSide, condition, left, right);
  }

  /** Returns the parts of one of Spark's joins. */
  public static JoinParts parts(BroadcastNestedLoopJoinExec join) {
    return parts(join.left(), join.right(), join.buildSide(), join.joinType(), join.condition());
  }

  /**
   * Returns the parts of one of Spark's products.
   *
   * @param buildSide the side that every executor holds
   */
  public static JoinParts parts(CartesianProductExec product, BuildSide buildSide) {
    return parts(
        product.left(), product.right(), buildSide, product.joinType(), product.condition());
  }

  /** Makes the node that takes the place of one of Spark's products, with its broadcast. */
  public static KronosNestedLoopJoinExec ofProduct(
      CartesianProductExec product, BuildSide buildSide) {
    JoinParts parts = parts(product, buildSide);
    SparkPlan sent =
        new KronosBroadcastExchangeExec(IdentityBroadcastMode$.MODULE$, parts.buildPlan());
    return of(
        buildSide.equals(BuildLeft$.MODULE$)
            ? parts.over(sent, parts.right())
            : parts.over(parts.left(), sent));
  }

  /** Makes the node that takes the place of Spark's. */
  public static KronosNestedLoopJoinExec of(JoinParts parts) {
    return new KronosNestedLoopJoinExec(
        parts.left(), parts.right(), parts.buildSide(), parts.type(), parts.condition());
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {left(), right(), parts().buildSide(), parts().type(), parts().condition()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return new BroadcastNestedLoopJoinExec(
        left(), right(), parts().buildSide(), parts().type(), parts().condition());
  }

  @Override
  protected SparkPlan withChildren(SparkPlan newLeft, SparkPlan newRight) {
    return of(parts().over(newLeft, newRight));
  }
}

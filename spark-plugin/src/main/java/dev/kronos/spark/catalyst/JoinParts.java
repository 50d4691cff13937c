// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.join.JoinType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.optimizer.BuildSide;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Holds the parts of a join in Spark's terms, of which a plan node is made. Immutable.
 *
 * @param leftKeys keys of the left side; empty for joins without equality
 * @param rightKeys keys of the right side
 * @param type the kind of join
 * @param nullAware whether an anti join is that of NOT IN
 * @param buildSide which side is complete before the other one streams
 * @param condition what pairs must meet besides equal keys
 * @param left gives the left side
 * @param right gives the right side
 */
public record JoinParts(
    Seq<Expression> leftKeys,
    Seq<Expression> rightKeys,
    org.apache.spark.sql.catalyst.plans.JoinType type,
    Boolean nullAware,
    BuildSide buildSide,
    Option<Expression> condition,
    SparkPlan left,
    SparkPlan right) {

  /** Returns the same join over other inputs. */
  public JoinParts over(SparkPlan newLeft, SparkPlan newRight) {
    return new JoinParts(
        leftKeys, rightKeys, type, nullAware, buildSide, condition, newLeft, newRight);
  }

  /**
   * Returns a condition that may fail, where it can as well be that of a filter of the pairs: only
   * rows have errors, and an inner join gives nothing but pairs.
   */
  public Optional<Expression> filter() {
    return isInner()
        ? ScalaCollections.<Expression>optional(condition).filter(this::mayFail)
        : Optional.empty();
  }

  private boolean isInner() {
    return JoinShape.type(type).filter(kind -> kind == JoinType.INNER).isPresent();
  }

  private boolean mayFail(Expression expression) {
    List<Attribute> pair = new ArrayList<>(ScalaCollections.list(left.output()));
    pair.addAll(ScalaCollections.list(right.output()));
    return new ExpressionTranslator(pair).mayRaise(expression);
  }

  /** Returns this join of all that {@link #filter} lets through. */
  public JoinParts unfiltered() {
    return filter().isEmpty()
        ? this
        : new JoinParts(
            leftKeys, rightKeys, type, nullAware, buildSide, Option.empty(), left, right);
  }

  /** Returns what gives the build side. */
  public SparkPlan buildPlan() {
    return JoinShape.side(buildSide) == dev.kronos.operator.join.BuildSide.LEFT ? left : right;
  }

  /** Returns what gives the probe side. */
  public SparkPlan probePlan() {
    return JoinShape.side(buildSide) == dev.kronos.operator.join.BuildSide.LEFT ? right : left;
  }

  /**
   * Returns what the join computes, or nothing where the device has no such kind of join.
   *
   * @param output the columns that leave it
   */
  public Optional<JoinShape> shape(List<Attribute> output) {
    Optional<JoinType> kind =
        nullAware ? Optional.of(JoinType.NULL_AWARE_ANTI) : JoinShape.type(type);
    return kind.map(
        k ->
            new JoinShape(
                k,
                JoinShape.side(buildSide),
                ScalaCollections.list(leftKeys),
                ScalaCollections.list(rightKeys),
                ScalaCollections.optional(condition).stream().toList(),
                output));
  }
}

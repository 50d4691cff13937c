// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.Objects;
import org.apache.spark.sql.execution.BinaryExecNode;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** Is a columnar plan node with two children, written in Java. */
public abstract class KronosBinaryExec extends KronosExec implements BinaryExecNode {
  private static final long serialVersionUID = 1L;

  private final SparkPlan left;
  private final SparkPlan right;
  private transient volatile Seq<SparkPlan> children;

  /**
   * Creates a node.
   *
   * @param left gives the input that the query names first
   * @param right gives the other one
   */
  protected KronosBinaryExec(SparkPlan left, SparkPlan right) {
    this.left = Objects.requireNonNull(left, "left");
    this.right = Objects.requireNonNull(right, "right");
  }

  /** Makes the same node over other children. */
  protected abstract SparkPlan withChildren(SparkPlan newLeft, SparkPlan newRight);

  @Override
  public final SparkPlan left() {
    return left;
  }

  @Override
  public final SparkPlan right() {
    return right;
  }

  /** Returns the children in a sequence: always the same one, as trees compare by reference. */
  @Override
  public final Seq<SparkPlan> children() {
    Seq<SparkPlan> known = children;
    if (known == null) {
      known = BinaryExecNode.super.children();
      children = known;
    }
    return known;
  }

  @Override
  public final SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
    return BinaryExecNode.super.mapChildren(function);
  }

  @Override
  public final SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return withNewChildrenInternal(newChildren.apply(0), newChildren.apply(1));
  }

  @Override
  public final SparkPlan withNewChildrenInternal(SparkPlan newLeft, SparkPlan newRight) {
    return withChildren(newLeft, newRight);
  }

  @Override
  public final String verboseStringWithOperatorId() {
    return describeWithOperatorId();
  }
}

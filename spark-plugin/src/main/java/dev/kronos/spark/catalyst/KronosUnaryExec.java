// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.Objects;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** Is a columnar plan node with one child, written in Java. */
public abstract class KronosUnaryExec extends KronosExec implements UnaryExecNode {
  private static final long serialVersionUID = 1L;

  private final SparkPlan child;
  private transient volatile Seq<SparkPlan> children;

  /**
   * Creates a node.
   *
   * @param child gives the input
   */
  protected KronosUnaryExec(SparkPlan child) {
    this.child = Objects.requireNonNull(child, "child");
  }

  /** Makes the same node over another child. */
  protected abstract SparkPlan withChild(SparkPlan newChild);

  @Override
  public final SparkPlan child() {
    return child;
  }

  /** Returns the child in a sequence: always the same one, as trees are compared by reference. */
  @Override
  public final Seq<SparkPlan> children() {
    Seq<SparkPlan> known = children;
    if (known == null) {
      known = UnaryExecNode.super.children();
      children = known;
    }
    return known;
  }

  @Override
  public final SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
    return UnaryExecNode.super.mapChildren(function);
  }

  @Override
  public final SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return withNewChildInternal(newChildren.apply(0));
  }

  @Override
  public final SparkPlan withNewChildInternal(SparkPlan newChild) {
    return withChild(newChild);
  }

  @Override
  public final String verboseStringWithOperatorId() {
    return describeWithOperatorId();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import org.apache.spark.sql.execution.LeafExecNode;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** Is a columnar plan node without children, written in Java. */
public abstract class KronosLeafExec extends KronosExec implements LeafExecNode {
  private static final long serialVersionUID = 1L;

  /** Creates a node. */
  protected KronosLeafExec() {}

  @Override
  public final Seq<SparkPlan> children() {
    return LeafExecNode.super.children();
  }

  @Override
  public final SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
    return this;
  }

  @Override
  public final SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return this;
  }

  @Override
  public final String verboseStringWithOperatorId() {
    return describeWithOperatorId();
  }
}

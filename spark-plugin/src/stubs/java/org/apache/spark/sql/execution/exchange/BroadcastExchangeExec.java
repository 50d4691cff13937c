// SPDX-License-Identifier: Apache-2.0
package org.apache.spark.sql.execution.exchange;

import java.util.concurrent.Future;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.physical.BroadcastMode;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Says the signatures of Spark's exchange by broadcast with their generics, which Spark's class
 * file lacks for what Scala mixed in. Compiled against, never packaged: Spark's own class is linked
 * at run time.
 */
public class BroadcastExchangeExec extends SparkPlan {
  private static final long serialVersionUID = 1L;

  public BroadcastExchangeExec(BroadcastMode mode, SparkPlan child) {
    throw stub();
  }

  public BroadcastMode mode() {
    throw stub();
  }

  public SparkPlan child() {
    throw stub();
  }

  public String jobTag() {
    throw stub();
  }

  public Future<Broadcast<Object>> relationFuture() {
    throw stub();
  }

  public scala.concurrent.Future<Broadcast<Object>> completionFuture() {
    throw stub();
  }

  public BroadcastExchangeExec withNewChildInternal(SparkPlan newChild) {
    throw stub();
  }

  @Override
  public SparkPlan doCanonicalize() {
    throw stub();
  }

  @Override
  public Seq<Attribute> output() {
    throw stub();
  }

  @Override
  public RDD<InternalRow> doExecute() {
    throw stub();
  }

  @Override
  public final Seq<SparkPlan> children() {
    throw stub();
  }

  @Override
  public final SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
    throw stub();
  }

  @Override
  public final SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    throw stub();
  }

  @Override
  public int productArity() {
    throw stub();
  }

  @Override
  public Object productElement(int index) {
    throw stub();
  }

  @Override
  public boolean canEqual(Object other) {
    throw stub();
  }

  private static UnsupportedOperationException stub() {
    return new UnsupportedOperationException("stub");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.apache.spark.sql.execution.exchange;

import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Says the signatures of Spark's exchanges with their generics, which Spark's class file lacks for
 * what Scala mixed in. Compiled against, never packaged: Spark's own class is linked at run time.
 */
public abstract class Exchange extends SparkPlan implements UnaryExecNode {
  private static final long serialVersionUID = 1L;

  public Exchange() {
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
  public Seq<Attribute> output() {
    throw stub();
  }

  @Override
  public String verboseStringWithOperatorId() {
    throw stub();
  }

  @Override
  public Iterator<Object> stringArgs() {
    throw stub();
  }

  private static UnsupportedOperationException stub() {
    return new UnsupportedOperationException("compiled against only");
  }
}

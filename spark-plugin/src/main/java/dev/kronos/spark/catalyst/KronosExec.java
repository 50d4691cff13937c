// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.collection.immutable.Seq;

/**
 * Is a columnar plan node written in Java. What a Scala case class and Spark's traits would give is
 * here, once: product members, equality, metrics. Children are those of {@link KronosUnaryExec} or
 * {@link KronosBinaryExec}.
 *
 * <p>A subclass has exactly one public constructor; {@link #arguments()} gives its arguments back,
 * in order, with expressions in Scala sequences (never Java lists) and primitives boxed: Spark
 * copies, transforms and compares nodes through them.
 *
 * <p>Every node has a {@link #twin()}, Spark's own node of the same meaning over the same children.
 * It answers what the planner asks about output, distribution and ordering, so that these never
 * differ from Spark's.
 */
public abstract class KronosExec extends SparkPlan {
  private static final long serialVersionUID = 1L;

  private transient volatile SparkPlan twin;

  /** Goes to executors, for nodes of Spark's above this one ask for it there. */
  private volatile Seq<Attribute> output;

  private transient volatile scala.collection.immutable.Map<String, SQLMetric> metrics;

  /** Creates a node. */
  protected KronosExec() {}

  /** Returns the arguments of the public constructor, in order. */
  protected abstract Object[] arguments();

  /** Makes Spark's own node of the same meaning over the same children. */
  protected abstract SparkPlan makeTwin();

  /** Makes the metrics by their names, in the order in which they are shown. */
  protected abstract Map<String, SQLMetric> makeMetrics();

  /** Returns Spark's own node of the same meaning over the same children. */
  public final SparkPlan twin() {
    SparkPlan known = twin;
    if (known == null) {
      known = makeTwin();
      twin = known;
    }
    return known;
  }

  @Override
  public Seq<Attribute> output() {
    Seq<Attribute> known = output;
    if (known == null) {
      known = twin().output();
      output = known;
    }
    return known;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    // What the twin is made of stays behind.
    output();
    out.defaultWriteObject();
  }

  @Override
  public AttributeSet producedAttributes() {
    return twin().producedAttributes();
  }

  @Override
  public Partitioning outputPartitioning() {
    return twin().outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return twin().outputOrdering();
  }

  @Override
  public Seq<Distribution> requiredChildDistribution() {
    return twin().requiredChildDistribution();
  }

  @Override
  public Seq<Seq<SortOrder>> requiredChildOrdering() {
    return twin().requiredChildOrdering();
  }

  /** Describes the node for formatted EXPLAIN, in the words of Spark's own. */
  final String describeWithOperatorId() {
    return twin().verboseStringWithOperatorId().replace(twin().nodeName(), nodeName());
  }

  @Override
  public final scala.collection.immutable.Map<String, SQLMetric> metrics() {
    scala.collection.immutable.Map<String, SQLMetric> known = metrics;
    if (known == null) {
      known = ScalaCollections.map(makeMetrics());
      metrics = known;
    }
    return known;
  }

  @Override
  public boolean supportsColumnar() {
    return true;
  }

  /** Never called: the node is columnar, Spark puts a transition above it where rows are wanted. */
  @Override
  public RDD<InternalRow> doExecute() {
    throw new IllegalStateException("columnar node was asked for rows: node=" + nodeName());
  }

  @Override
  public int productArity() {
    return arguments().length;
  }

  @Override
  public Object productElement(int index) {
    return arguments()[index];
  }

  @Override
  public boolean canEqual(Object other) {
    return other != null && getClass() == other.getClass();
  }

  /** Compares class and arguments, as a case class does; the hash is {@code TreeNode}'s. */
  @Override
  @SuppressWarnings("EqualsHashCode")
  public boolean equals(Object other) {
    return this == other
        || (other instanceof KronosExec node
            && canEqual(other)
            && Arrays.equals(arguments(), node.arguments()));
  }
}

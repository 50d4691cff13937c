// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnionExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Passes on the batches of all its children: Spark's own node, but for one thing. Where all
 * children are partitioned alike Spark says that the union is, too, and plans no exchange above it;
 * its own node keeps that promise for rows only, and puts the children's batches into partitions of
 * their own. Here partition i has the batches of every child's partition i.
 */
public final class KronosUnionExec extends UnionExec {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a node.
   *
   * @param children all give batches
   */
  public KronosUnionExec(Seq<SparkPlan> children) {
    super(children);
  }

  /** It is Spark's node to whoever reads a plan. */
  @Override
  public String nodeName() {
    return "Union";
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    if (outputPartitioning() instanceof UnknownPartitioning) {
      return super.doExecuteColumnar();
    }
    List<JavaRDD<ColumnarBatch>> parts =
        ScalaCollections.<SparkPlan>list(children()).stream()
            .map(child -> child.executeColumnar().toJavaRDD())
            .filter(part -> part.getNumPartitions() > 0)
            .toList();
    return parts.isEmpty()
        ? super.doExecuteColumnar()
        : parts.stream().reduce(KronosUnionExec::side).orElseThrow().rdd();
  }

  private static JavaRDD<ColumnarBatch> side(
      JavaRDD<ColumnarBatch> first, JavaRDD<ColumnarBatch> second) {
    return first.zipPartitions(second, Behind::new);
  }

  /** Gives what one iterator gives, then what another does. */
  private record Behind(Iterator<ColumnarBatch> first, Iterator<ColumnarBatch> second)
      implements Iterator<ColumnarBatch> {
    @Override
    public boolean hasNext() {
      return first.hasNext() || second.hasNext();
    }

    @Override
    public ColumnarBatch next() {
      return first.hasNext() ? first.next() : second.next();
    }
  }

  @Override
  public UnionExec withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return new KronosUnionExec(newChildren);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof KronosUnionExec;
  }

  /** Differs from Spark's node, or it would not be put in its place; the hash may be the same. */
  @Override
  @SuppressWarnings("EqualsHashCode")
  public boolean equals(Object other) {
    return this == other || (other instanceof KronosUnionExec && super.equals(other));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.KronosBinaryExec;
import dev.kronos.spark.catalyst.KronosExec;
import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.ScalarSubqueries;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.SparkStep;
import dev.kronos.spark.conf.ConfEntry;
import dev.kronos.spark.conf.KronosConf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Seq;

/**
 * Holds the nodes that run as one kernel: filters and projections over a columnar source.
 *
 * @param nodes the filters and projections, the one next to the source first
 * @param source the first node below that is something else
 * @param top the node that executes the chain
 */
record FusedChain(List<KronosStepExec> nodes, SparkPlan source, KronosExec top) {

  /** Collects the chain that ends at a filter or projection. */
  static FusedChain endingAt(KronosStepExec top) {
    return collect(top, top);
  }

  /** Collects the chain below a node that is not part of it. */
  static FusedChain below(KronosUnaryExec top) {
    return collect(top, top.child());
  }

  /** Collects the chain that ends at one of the children of a node that is not part of it. */
  static FusedChain below(KronosBinaryExec top, SparkPlan child) {
    return collect(top, child);
  }

  // The top is a part of its chain where it is a step itself, fused with others or not.
  @SuppressWarnings("ReferenceEquality")
  private static FusedChain collect(KronosExec top, SparkPlan start) {
    boolean fuses = isEnabled(top.conf());
    Deque<KronosStepExec> nodes = new ArrayDeque<>();
    SparkPlan plan = start;
    while (plan instanceof KronosStepExec step && (fuses || step == top)) {
      nodes.push(step);
      plan = step.child();
    }
    return new FusedChain(List.copyOf(nodes), plan, top);
  }

  /** Tells whether nodes are fused. */
  static boolean isEnabled(SQLConf conf) {
    ConfEntry<Boolean> entry = KronosConf.SQL_FUSION_ENABLED;
    return entry.parse(conf.getConfString(entry.key(), entry.defaultText()));
  }

  /** Returns what the chain does to rows; waits for the subqueries in it. */
  SparkPipeline pipeline() {
    // Spark waits for those of the node that it executes, which is not the one that has them.
    nodes.forEach(SparkPlan::waitForSubqueries);
    List<SparkStep> steps =
        nodes.stream().map(KronosStepExec::step).map(ScalarSubqueries::finished).toList();
    return new SparkPipeline(ScalaCollections.list(source.output()), steps);
  }

  /** Returns the metrics of all nodes. */
  ChainMetrics metrics() {
    return new ChainMetrics(inner(), NodeMetrics.of(top));
  }

  /** Returns the metrics of the nodes below the top. */
  // The top is told from its equals by identity: equal nodes have metrics of their own.
  @SuppressWarnings("ReferenceEquality")
  List<ChainMetrics.Inner> inner() {
    List<ChainMetrics.Inner> inner = new ArrayList<>();
    for (KronosStepExec node : nodes) {
      if (node != top) {
        inner.add(new ChainMetrics.Inner(NodeMetrics.of(node), node instanceof KronosFilterExec));
      }
    }
    return inner;
  }

  /**
   * Returns Spark's own plan of the same meaning over the same source; it gives rows.
   *
   * @throws IllegalStateException when the top has another child besides this chain
   */
  SparkPlan twin() {
    SparkPlan plan = new ColumnarToRowExec(source);
    for (KronosStepExec node : nodes) {
      plan = over(node, plan);
    }
    if (top instanceof KronosBinaryExec) {
      throw new IllegalStateException("chain is one of two: node=" + top.nodeName());
    }
    return nodes.contains(top) ? plan : over(top, plan);
  }

  /** Returns what the device computes, or the twin does where an executor has no device. */
  RDD<ColumnarBatch> orTwin(RDD<ColumnarBatch> device) {
    // A local application knows at planning time whether it has a device.
    return top.sparkContext().isLocal() ? device : DeviceOrTwinRdd.of(device, twin());
  }

  /** Puts a node's twin over rows, sorted where the twin needs that and the node does not. */
  private static SparkPlan over(KronosExec node, SparkPlan child) {
    Seq<SortOrder> order = node.twin().requiredChildOrdering().apply(0);
    SparkPlan rows = order.isEmpty() ? child : new SortExec(order, false, child, 0);
    return node.twin().withNewChildren(ScalaCollections.seq(List.of(rows)));
  }
}

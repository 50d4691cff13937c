// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.KronosBinaryExec;
import dev.kronos.spark.catalyst.KronosExec;
import dev.kronos.spark.catalyst.KronosUnaryExec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Holds the nodes that run as one kernel where tables allow it: chains of filters and projections,
 * with joins of broadcast tables between them.
 *
 * @param first the chain next to the source
 * @param links what follows it, in the order in which rows meet it
 * @param top the node that executes the chain
 */
record ProbedChain(FusedChain first, List<Link> links, KronosExec top) {
  /**
   * Joins tables to the rows of one side; more than these would make kernels that drivers compile
   * for long.
   */
  private static final int MOST_JOINS = 8;

  /**
   * Is a join and the filters and projections above it.
   *
   * @param join the join
   * @param after the chain above it
   */
  record Link(KronosBroadcastJoinExec join, FusedChain after) {}

  /** Collects the chain that ends at a filter or projection. */
  static ProbedChain endingAt(KronosStepExec top) {
    return collect(FusedChain.endingAt(top), top);
  }

  /** Collects the chain below a node that is not part of it. */
  static ProbedChain below(KronosUnaryExec top) {
    return collect(FusedChain.below(top), top);
  }

  /** Collects the chain that ends at one of the children of a node that is not part of it. */
  static ProbedChain below(KronosBinaryExec top, SparkPlan child) {
    return collect(FusedChain.below(top, child), top);
  }

  private static ProbedChain collect(FusedChain last, KronosExec top) {
    Deque<Link> links = new ArrayDeque<>();
    FusedChain chain = last;
    while (FusedChain.isEnabled(top.conf())
        && chain.source() instanceof KronosBroadcastJoinExec join
        && join.isStep()
        && links.size() < MOST_JOINS) {
      links.push(new Link(join, chain));
      chain = FusedChain.below(join, join.parts().probePlan());
    }
    return new ProbedChain(chain, List.copyOf(links), top);
  }

  /** Returns the first node below that is something else, on the side whose rows stream. */
  SparkPlan source() {
    return first.source();
  }

  /** Returns what tasks do; waits for the subqueries in it. Broadcasts go on in the background. */
  ChainWork work() {
    List<ChainWork.Link> works = new ArrayList<>();
    for (Link link : links) {
      works.add(
          new ChainWork.Link(
              link.join.work(),
              NodeMetrics.of(link.join),
              link.after.pipeline(),
              link.after.inner()));
    }
    return new ChainWork(first.pipeline(), first.inner(), works, NodeMetrics.of(top));
  }

  /** Returns what the device computes, or the twin where an executor has no device. */
  RDD<ColumnarBatch> orTwin(RDD<ColumnarBatch> device) {
    // Joins have no twin.
    return links.isEmpty() ? first.orTwin(device) : device;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.KronosBinaryExec;
import dev.kronos.spark.catalyst.KronosExec;
import dev.kronos.spark.catalyst.KronosUnaryExec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Holds the nodes that run as one kernel where tables allow it: chains of filters and projections
 * with joins between them. One of the joins may be one of partitions, the others are of broadcast
 * tables.
 *
 * @param first the chain next to the source
 * @param links joins and the chains above them, in the order in which rows meet them
 * @param top the node that executes the chain
 */
record ProbedChain(FusedChain first, List<Link> links, KronosExec top) {
  /** Most joins of a chain: drivers compile kernels with more for long. */
  private static final int MOST_JOINS = 8;

  /**
   * Is a join and the filters and projections above it.
   *
   * @param join the join
   * @param after the chain above it
   */
  record Link(KronosJoinExec join, FusedChain after) {
    boolean isOfPartitions() {
      return join instanceof KronosShuffledHashJoinExec;
    }
  }

  /** Collects the chain that ends at a filter or projection. */
  static ProbedChain endingAt(KronosStepExec top) {
    return collect(FusedChain.endingAt(top), top, true);
  }

  /** Collects the chain below a node that is not part of it. */
  static ProbedChain below(KronosUnaryExec top) {
    return collect(FusedChain.below(top), top, true);
  }

  /** Collects the chain below the probe side of a join with a broadcast table. */
  static ProbedChain below(KronosBinaryExec top, SparkPlan child) {
    return collect(FusedChain.below(top, child), top, true);
  }

  /** Collects the chain below the probe side of a join of partitions: without other such joins. */
  static ProbedChain ofRows(KronosBinaryExec top, SparkPlan child) {
    return collect(FusedChain.below(top, child), top, false);
  }

  private static ProbedChain collect(FusedChain last, KronosExec top, boolean takesPartitions) {
    Deque<Link> links = new ArrayDeque<>();
    FusedChain chain = last;
    boolean partitions = takesPartitions;
    while (chain.source() instanceof KronosJoinExec join
        && isTaken(join, partitions)
        && FusedChain.isEnabled(top.conf())
        && links.size() < MOST_JOINS) {
      Link link = new Link(join, chain);
      partitions &= !link.isOfPartitions();
      links.push(link);
      chain = FusedChain.below(join, join.parts().probePlan());
    }
    return new ProbedChain(chain, List.copyOf(links), top);
  }

  private static boolean isTaken(KronosJoinExec join, boolean partitions) {
    return join.isStep() && (partitions || join instanceof KronosBroadcastJoinExec);
  }

  /** Returns the first node below that is something else, on the side whose rows stream. */
  SparkPlan source() {
    return first.source();
  }

  /** Returns what gives the build side of the join of partitions, where there is one. */
  Optional<SparkPlan> builds() {
    return links.stream()
        .filter(Link::isOfPartitions)
        .map(link -> link.join.parts().buildPlan())
        .findFirst();
  }

  /** Returns what tasks do; waits for the subqueries in it. Broadcasts go on in the background. */
  ChainWork work() {
    NodeMetrics metrics = NodeMetrics.of(top);
    ChainWork.Start start = new ChainWork.Rows(first.pipeline(), first.inner());
    List<ChainWork.Link> works = new ArrayList<>();
    for (Link link : links) {
      if (link.isOfPartitions()) {
        start = new ChainWork.Partitions(new ChainWork(start, works, metrics), work(link));
        works = new ArrayList<>();
      } else {
        works.add(work(link));
      }
    }
    return new ChainWork(start, works, metrics);
  }

  private static ChainWork.Link work(Link link) {
    return new ChainWork.Link(
        link.join.work(), NodeMetrics.of(link.join), link.after.pipeline(), link.after.inner());
  }

  /** Returns what the device computes, or the twin where an executor has no device. */
  RDD<ColumnarBatch> orTwin(RDD<ColumnarBatch> device) {
    // Joins have no twin.
    return links.isEmpty() && top instanceof KronosUnaryExec ? first.orTwin(device) : device;
  }
}

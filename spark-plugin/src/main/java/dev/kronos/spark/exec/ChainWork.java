// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.JoinShape;
import dev.kronos.spark.catalyst.SparkPipeline;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Holds what tasks do to the rows of a {@link ProbedChain}. Travels to the executors.
 *
 * @param first what happens to rows below the first join
 * @param inner the metrics of the nodes there
 * @param links joins and what happens to rows above each, in order
 * @param top the metrics of the node that executes the chain
 */
record ChainWork(
    SparkPipeline first, List<ChainMetrics.Inner> inner, List<Link> links, NodeMetrics top)
    implements Serializable {

  /** Copies the lists. */
  ChainWork {
    inner = List.copyOf(inner);
    links = List.copyOf(links);
  }

  /**
   * Is a join with a broadcast table.
   *
   * @param shape what the join computes
   * @param columns the columns of the build side
   * @param table the build side
   */
  record Join(JoinShape shape, List<Attribute> columns, Broadcast<BroadcastTable> table)
      implements Serializable {
    /** Copies the list. */
    Join {
      columns = List.copyOf(columns);
    }

    /** Returns the build side as it comes. */
    SparkPipeline build() {
      return new SparkPipeline(columns, List.of());
    }
  }

  /**
   * Is a join and what happens to its rows.
   *
   * @param join the join
   * @param metrics the join's metrics
   * @param after what happens to its rows
   * @param inner the metrics of the nodes that do it
   */
  record Link(Join join, NodeMetrics metrics, SparkPipeline after, List<ChainMetrics.Inner> inner)
      implements Serializable {
    /** Copies the list. */
    Link {
      inner = List.copyOf(inner);
    }
  }

  /** Starts the chain in a task. Joins whose tables allow it become steps of the pipeline. */
  StartedChain start(Iterator<ColumnarBatch> input) {
    return start(input, true);
  }

  /** Starts the chain in a task with every join on its own, so that there are no side columns. */
  StartedChain startApart(Iterator<ColumnarBatch> input) {
    return start(input, false);
  }

  private StartedChain start(Iterator<ColumnarBatch> input, boolean fuses) {
    StartedChain chain = StartedChain.of(first, new ChainMetrics(inner, top), input);
    if (links.isEmpty()) {
      return chain;
    }
    TaskResources resources = TaskResources.ofTask();
    for (Link link : links) {
      chain = chain.joined(link, resources, fuses);
    }
    return chain;
  }
}

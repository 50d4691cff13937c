// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.JoinShape;
import dev.kronos.spark.catalyst.RowReplay;
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
 * @param start what happens to rows below the joins of broadcast tables
 * @param links joins of broadcast tables and what happens to rows above each, in order
 * @param top the metrics of the node that executes the chain
 */
record ChainWork(Start start, List<Link> links, NodeMetrics top) implements Serializable {

  /** Copies the list. */
  ChainWork {
    links = List.copyOf(links);
  }

  /** Is what a chain begins with. */
  sealed interface Start extends Serializable {}

  /**
   * Begins a chain with the rows of its source.
   *
   * @param pipeline what happens to them
   * @param inner the metrics of the nodes that do it
   */
  record Rows(SparkPipeline pipeline, List<ChainMetrics.Inner> inner) implements Start {
    /** Copies the list. */
    Rows {
      inner = List.copyOf(inner);
    }
  }

  /**
   * Begins a chain with a join of partitions, whose tables tasks make.
   *
   * @param probe what happens to rows of the probe side; begins with rows
   * @param link the join
   */
  record Partitions(ChainWork probe, Link link) implements Start {}

  /**
   * Is a join.
   *
   * @param shape what the join computes
   * @param columns the columns of the build side
   * @param broadcast the build side, or null where it comes as partitions
   */
  record Join(JoinShape shape, List<Attribute> columns, Broadcast<BroadcastTable> broadcast)
      implements Serializable {
    /** Copies the list. */
    Join {
      columns = List.copyOf(columns);
    }

    /** Returns the build side as it comes. */
    SparkPipeline build() {
      return new SparkPipeline(columns, List.of());
    }

    /** Makes the replay of rows of the build side. */
    RowReplay replayOfBuild() {
      return new RowReplay(build(), shape.buildKeys());
    }

    /** Returns the join of a chain, whose rows are the probe side. */
    JoinWork over(StartedChain probe) {
      return new JoinWork(probe.pipeline(), build(), shape);
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

  /**
   * Holds what comes to a task.
   *
   * @param rows the batches of the source
   * @param builds those of the build side where the chain begins with a join of partitions
   */
  record Inputs(Iterator<ColumnarBatch> rows, Iterator<ColumnarBatch> builds) {}

  /** Starts the chain in a task. Joins whose tables allow it become steps of the pipeline. */
  StartedChain start(Inputs inputs) {
    StartedChain begun =
        start instanceof Partitions partitions
            ? PartitionTable.joined(partitions, inputs)
            : rows(inputs.rows());
    return linked(begun, true);
  }

  /**
   * Starts a chain that begins with rows, every join on its own, so that there are no side columns.
   */
  StartedChain startApart(Iterator<ColumnarBatch> input) {
    return linked(rows(input), false);
  }

  private StartedChain rows(Iterator<ColumnarBatch> input) {
    Rows rows = (Rows) start;
    return StartedChain.of(rows.pipeline(), new ChainMetrics(rows.inner(), top), input);
  }

  private StartedChain linked(StartedChain begun, boolean fuses) {
    if (links.isEmpty()) {
      return begun;
    }
    TaskResources resources = TaskResources.ofTask();
    StartedChain chain = begun;
    for (Link link : links) {
      chain = chain.joined(link, resources, fuses);
    }
    return chain;
  }
}

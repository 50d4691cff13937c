// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.dispatch.StreamCounters;
import dev.kronos.operator.pipeline.OperatorCounters;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/**
 * Holds the metrics of a fused chain of nodes. Travels to the executors.
 *
 * @param steps the inner nodes in the order in which rows meet them
 * @param top the node that executes the chain
 */
record ChainMetrics(List<Inner> steps, NodeMetrics top) implements Serializable {

  /**
   * Holds the metrics of an inner node.
   *
   * @param metrics the metrics
   * @param filters whether the node drops rows
   */
  record Inner(NodeMetrics metrics, boolean filters) implements Serializable {}

  /** Copies the list. */
  ChainMetrics {
    steps = List.copyOf(steps);
  }

  /**
   * Adds what the chain's operator counted over a whole task.
   *
   * @param counters the operator's counters
   */
  void addOperator(OperatorCounters counters) {
    Iterator<Long> filterRows = counters.filterRows().iterator();
    long rows = counters.rowsIn();
    for (Inner step : steps) {
      if (step.filters() && filterRows.hasNext()) {
        rows = filterRows.next();
      }
      step.metrics().add(rows, counters.batches());
    }
    top.add(counters.stream());
  }

  /** Adds what another stream did for the chain. */
  void addStream(StreamCounters counters) {
    top.add(counters);
  }
}

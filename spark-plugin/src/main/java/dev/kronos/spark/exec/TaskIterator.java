// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.columnar.ArrowBatches;
import java.util.NoSuchElementException;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Gives out the batches of one task, each computed when it is asked for and counted when it is
 * given out. A batch is valid until the next one is asked for. Used by the task's thread.
 */
abstract class TaskIterator implements ArrowBatches {
  private final ChainMetrics metrics;
  private ColumnarBatch ready;
  private boolean finished;

  TaskIterator(ChainMetrics metrics) {
    this.metrics = metrics;
  }

  /** Computes the next batch of one row or more; returns null when there is no more. */
  abstract ColumnarBatch compute();

  @Override
  public final boolean hasNext() {
    if (ready == null && !finished) {
      ready = compute();
      finished = ready == null;
    }
    return ready != null;
  }

  @Override
  public final ColumnarBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no further batch");
    }
    ColumnarBatch next = ready;
    ready = null;
    metrics.top().add(next.numRows(), 1);
    return next;
  }
}

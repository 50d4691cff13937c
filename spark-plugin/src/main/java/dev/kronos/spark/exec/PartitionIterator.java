// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.shuffle.BatchFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Product2;
import scala.Tuple2;

/** Gives out the rows of one task in frames, each with its partition. Used by the task's thread. */
abstract class PartitionIterator implements Iterator<Product2<Integer, ColumnarBatch>> {
  private final NodeMetrics metrics;
  private final Deque<Product2<Integer, ColumnarBatch>> ready = new ArrayDeque<>();
  private SQLMetric sizeBytes;

  PartitionIterator(NodeMetrics metrics) {
    this.metrics = metrics;
  }

  /** Names what counts the bytes of frames. */
  final void countBytes(SQLMetric metric) {
    sizeBytes = metric;
  }

  /** Adds frames, or none; returns false when there will be no more. */
  abstract boolean advance();

  /** Adds a frame, unless it is without rows. */
  final void add(int partition, BatchFrame frame) {
    if (frame.numRows() > 0) {
      metrics.add(frame.numRows(), 1);
      sizeBytes.add(frame.unpackedBytes());
      ready.add(new Tuple2<>(partition, frame));
    }
  }

  @Override
  public final boolean hasNext() {
    boolean more = true;
    while (ready.isEmpty() && more) {
      more = advance();
    }
    return !ready.isEmpty();
  }

  @Override
  public final Product2<Integer, ColumnarBatch> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no further batch");
    }
    return ready.remove();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.AggregateShape;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Groups all batches of a task, after filters and projections. */
final class AggregateFunction extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final ChainWork work;
  private final AggregateShape shape;

  AggregateFunction(ChainWork work, AggregateShape shape) {
    this.work = work;
    this.shape = shape;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    return new AggregateIterator(work.start(input), shape);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.aggregate.AggregateOverflow;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.AggregateReplay;
import dev.kronos.spark.catalyst.AggregateShape;
import dev.kronos.spark.catalyst.AggregateTranslator;
import dev.kronos.spark.catalyst.RowReplay;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.TranslatedAggregate;
import dev.kronos.spark.columnar.BatchBridge;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Groups all batches of one task and gives out one batch, or none when there is no group. */
final class AggregateIterator implements Iterator<ColumnarBatch> {
  private final SparkPipeline pipeline;
  private final AggregateShape shape;
  private final ChainMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final TranslatedAggregate translated;
  private final BatchBridge bridge;
  private final HashAggregate operator;
  private final GroupResults results;
  private boolean finished;
  private ColumnarBatch ready;

  AggregateIterator(
      SparkPipeline pipeline,
      AggregateShape shape,
      ChainMetrics metrics,
      Iterator<ColumnarBatch> input) {
    this.pipeline = pipeline;
    this.shape = shape;
    this.metrics = metrics;
    this.input = input;
    Kronos kronos = KronosExecutor.current();
    translated = new AggregateTranslator(pipeline, shape).translate().orThrow();
    TaskResources resources = TaskResources.ofTask();
    bridge = resources.own(new BatchBridge(kronos.memory(), pipeline.inputSchema()));
    operator = resources.own(new HashAggregate(kronos, translated.spec()));
    results = resources.own(new GroupResults(kronos, shape, translated));
    resources.onCompletion(this::count);
  }

  @Override
  public boolean hasNext() {
    if (!finished) {
      finished = true;
      ready = aggregate();
    }
    return ready != null;
  }

  @Override
  public ColumnarBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no further batch");
    }
    ColumnarBatch next = ready;
    ready = null;
    metrics.top().add(next.numRows(), 1);
    return next;
  }

  private ColumnarBatch aggregate() {
    while (input.hasNext()) {
      add(input.next());
    }
    try (ColumnBatch groups = finish()) {
      return groups.rows() == 0 ? null : results.give(groups);
    }
  }

  private void add(ColumnarBatch batch) {
    try {
      operator.add(bridge.toHost(batch));
    } catch (RowFailure failure) {
      throw Failures.ofRow(RowReplay.before(pipeline, shape), batch, failure);
    } finally {
      batch.closeIfFreeable();
    }
  }

  private ColumnBatch finish() {
    try {
      return operator.finish();
    } catch (AggregateOverflow overflow) {
      new AggregateReplay(shape).overflow(translated.functionOfCall().get(overflow.callIndex()));
      throw Failures.unexplained("call", overflow.callIndex(), overflow);
    }
  }

  private void count() {
    metrics.addOperator(operator.counters());
    results.streams().forEach(metrics::addStream);
  }
}

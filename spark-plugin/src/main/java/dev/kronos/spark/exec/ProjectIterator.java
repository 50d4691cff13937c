// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.RowReplay;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.TranslatedPipeline;
import dev.kronos.spark.columnar.BatchBridge;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Filters and projects the batches of one task, one by one; skips those that come out empty. */
final class ProjectIterator implements Iterator<ColumnarBatch> {
  private final SparkPipeline pipeline;
  private final ChainMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final BatchBridge bridge;
  private final ProjectBatch operator;
  private final BatchOutput output;
  private ColumnarBatch ready;

  ProjectIterator(SparkPipeline pipeline, ChainMetrics metrics, Iterator<ColumnarBatch> input) {
    this.pipeline = pipeline;
    this.metrics = metrics;
    this.input = input;
    Kronos kronos = KronosExecutor.current();
    TranslatedPipeline translated = pipeline.translate().orThrow();
    TaskResources resources = TaskResources.ofTask();
    bridge = resources.own(new BatchBridge(kronos.memory(), pipeline.inputSchema()));
    operator = resources.own(new ProjectBatch(kronos, translated.spec()));
    output = resources.own(new BatchOutput(kronos, translated.output()));
    resources.onCompletion(this::count);
  }

  @Override
  public boolean hasNext() {
    while (ready == null && input.hasNext()) {
      ready = project(input.next());
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

  /** Returns the rows that pass, or null when there are none. */
  private ColumnarBatch project(ColumnarBatch batch) {
    try (ColumnBatch projected = apply(batch)) {
      return projected.rows() == 0 ? null : output.give(projected);
    } finally {
      batch.closeIfFreeable();
    }
  }

  private ColumnBatch apply(ColumnarBatch batch) {
    try {
      return operator.apply(bridge.toHost(batch));
    } catch (RowFailure failure) {
      throw Failures.ofRow(new RowReplay(pipeline, List.of()), batch, failure);
    }
  }

  private void count() {
    metrics.addOperator(operator.counters());
    metrics.addStream(output.counters());
  }
}

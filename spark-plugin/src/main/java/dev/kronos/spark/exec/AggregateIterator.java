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
import dev.kronos.spark.columnar.DeviceInput;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Groups all batches of one task and gives out one batch, or none when there is no group. */
final class AggregateIterator extends TaskIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources = TaskResources.ofTask();
  private final SparkPipeline pipeline;
  private final AggregateShape shape;
  private final ChainMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final TranslatedAggregate translated;
  private final DeviceInput door;
  private final GroupResults results;
  private HashAggregate operator;
  private boolean grouped;

  AggregateIterator(
      SparkPipeline pipeline,
      AggregateShape shape,
      ChainMetrics metrics,
      Iterator<ColumnarBatch> input) {
    super(metrics);
    this.pipeline = pipeline;
    this.shape = shape;
    this.metrics = metrics;
    this.input = input;
    translated = new AggregateTranslator(pipeline, shape).translate().orThrow();
    door = resources.input(pipeline.inputSchema(), metrics);
    results = resources.own(new GroupResults(kronos, shape, translated));
    resources.onCompletion(() -> results.streams().forEach(metrics::addStream));
  }

  @Override
  ColumnarBatch compute() {
    if (grouped) {
      return null;
    }
    grouped = true;
    while (input.hasNext()) {
      add(input.next());
    }
    ColumnBatch groups = finish();
    if (groups.rows() > 0) {
      return results.give(groups);
    }
    groups.close();
    return null;
  }

  private void add(ColumnarBatch batch) {
    try (ColumnBatch taken = door.toDevice(batch)) {
      operator().add(taken);
    } catch (RowFailure failure) {
      throw Failures.ofRow(RowReplay.before(pipeline, shape), batch, failure);
    } finally {
      batch.closeIfFreeable();
    }
  }

  private ColumnBatch finish() {
    try {
      return operator().finish();
    } catch (AggregateOverflow overflow) {
      new AggregateReplay(shape).overflow(translated.functionOfCall().get(overflow.callIndex()));
      throw Failures.unexplained("call", overflow.callIndex(), overflow);
    }
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private HashAggregate operator() {
    if (operator == null) {
      HashAggregate created = new HashAggregate(kronos, translated.spec().over(door.layouts()));
      operator = resources.own(created);
      resources.onCompletion(() -> metrics.addOperator(created.counters()));
    }
    return operator;
  }
}

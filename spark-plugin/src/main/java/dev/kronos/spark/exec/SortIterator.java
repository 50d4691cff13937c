// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.sort.RowSorter;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.RowReplay;
import dev.kronos.spark.catalyst.SparkOrder;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.TranslatedOrder;
import dev.kronos.spark.columnar.DeviceInput;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Takes in all batches of one task, orders their rows and gives them out in batches. */
final class SortIterator extends TaskIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources = TaskResources.ofTask();
  private final SparkPipeline pipeline;
  private final ChainMetrics metrics;
  private final int batchRows;
  private final Iterator<ColumnarBatch> input;
  private final TranslatedOrder translated;
  private final DeviceInput door;
  private final BatchOutput output;
  private final WaitingBatches waiting;
  private RowSorter operator;

  SortIterator(
      SparkOrder order, ChainMetrics metrics, int batchRows, Iterator<ColumnarBatch> input) {
    super(metrics);
    this.pipeline = order.pipeline();
    this.metrics = metrics;
    this.batchRows = batchRows;
    this.input = input;
    translated = order.translate().orThrow();
    door = resources.input(pipeline.inputSchema(), metrics);
    output = resources.output(translated.output(), metrics);
    waiting = resources.waiting(metrics);
    RowSorter.prepare(kronos, translated.spec().over(door.likelyLayouts(input)));
  }

  @Override
  ColumnarBatch compute() {
    while (input.hasNext()) {
      add(input.next());
    }
    if (operator == null) {
      return null;
    }
    ColumnBatch next = operator.next(batchRows);
    if (next.rows() > 0) {
      return output.give(next);
    }
    next.close();
    return null;
  }

  private void add(ColumnarBatch batch) {
    try (ColumnBatch taken = door.toDevice(batch)) {
      operator().add(taken);
    } catch (RowFailure failure) {
      throw Failures.ofRow(new RowReplay(pipeline, List.of()), batch, failure);
    } finally {
      batch.closeIfFreeable();
    }
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private RowSorter operator() {
    if (operator == null) {
      RowSorter created =
          RowSorter.create(
              kronos,
              translated.spec().over(door.layouts()),
              KronosExecutor.store(),
              waiting.meter());
      operator = resources.own(created);
      resources.onCompletion(() -> metrics.addOperator(created.counters()));
    }
    return operator;
  }
}

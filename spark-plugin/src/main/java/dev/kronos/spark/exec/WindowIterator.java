// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.window.FrameFailure;
import dev.kronos.operator.window.WindowBatches;
import dev.kronos.operator.window.WindowOverflow;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.AggregateReplay;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.TranslatedWindow;
import dev.kronos.spark.catalyst.WindowShape;
import dev.kronos.spark.catalyst.WindowTranslator;
import dev.kronos.spark.columnar.DeviceInput;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Takes in the sorted batches of one task and gives out the rows of partitions that are complete,
 * with the results of windows.
 */
final class WindowIterator extends TaskIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources = TaskResources.ofTask();
  private final SparkPipeline pipeline;
  private final WindowShape shape;
  private final ChainMetrics metrics;
  private final int batchRows;
  private final Iterator<ColumnarBatch> input;
  private final TranslatedWindow translated;
  private final DeviceInput door;
  private final BatchOutput output;
  private final WaitingBatches waiting;
  private WindowBatches operator;
  private WindowResults results;
  private boolean ended;

  WindowIterator(
      SparkPipeline pipeline,
      WindowShape shape,
      ChainMetrics metrics,
      int batchRows,
      Iterator<ColumnarBatch> input) {
    super(metrics);
    this.pipeline = pipeline;
    this.shape = shape;
    this.metrics = metrics;
    this.batchRows = batchRows;
    this.input = input;
    translated = new WindowTranslator(pipeline, shape).translate().orThrow();
    door = resources.input(pipeline.inputSchema(), metrics);
    output = resources.output(translated.output(), metrics);
    waiting = resources.waiting(metrics);
    WindowBatches.prepare(kronos, translated.spec().over(door.likelyLayouts(input)));
  }

  @Override
  ColumnarBatch compute() {
    while (input.hasNext()) {
      Optional<ColumnBatch> done = add(input.next());
      if (done.isPresent()) {
        return output.give(results.of(done.get()));
      }
    }
    if (operator == null || ended) {
      return null;
    }
    ended = true;
    return ended().map(done -> output.give(results.of(done))).orElse(null);
  }

  private Optional<ColumnBatch> add(ColumnarBatch batch) {
    try (ColumnBatch taken = door.toDevice(batch)) {
      return operator().add(taken);
    } catch (RowFailure failure) {
      throw Failures.ofRow(shape.replay(pipeline), batch, failure);
    } catch (WindowOverflow overflow) {
      throw explained(overflow);
    } catch (FrameFailure failure) {
      throw explained(failure);
    } finally {
      batch.closeIfFreeable();
    }
  }

  private Optional<ColumnBatch> ended() {
    try {
      return operator.finish();
    } catch (WindowOverflow overflow) {
      throw explained(overflow);
    } catch (FrameFailure failure) {
      throw explained(failure);
    }
  }

  /** Computes the bounds of the row that failed in Spark. */
  private IllegalStateException explained(FrameFailure failure) {
    try (BatchOutput host = new BatchOutput(kronos, translated.input())) {
      ColumnBatch row = operator.failed();
      List<Column> columns = row.columns().subList(0, translated.spec().outputs());
      translated.bound(host.give(new ColumnBatch(columns, 1).retain()).getRow(0));
    }
    return Failures.unexplained("row", 0, failure);
  }

  /** Lets Spark's function overflow. */
  private IllegalStateException explained(WindowOverflow overflow) {
    translated
        .aggregateOf(overflow.callIndex())
        .ifPresent(new AggregateReplay(shape.aggregates(pipeline.output()))::overflow);
    return Failures.unexplained("call", overflow.callIndex(), overflow);
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private WindowBatches operator() {
    if (operator == null) {
      WindowBatches created =
          new WindowBatches(
              kronos,
              translated.spec().over(door.layouts()),
              KronosExecutor.store(),
              waiting.meter(),
              batchRows);
      operator = resources.own(created);
      resources.onCompletion(() -> metrics.addOperator(created.counters()));
      WindowResults made = resources.own(new WindowResults(kronos, translated));
      results = made;
      resources.onCompletion(() -> metrics.addStream(made.counters()));
    }
    return operator;
  }
}

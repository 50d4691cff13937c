// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.window.RankLimitBatches;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.SparkRankLimit;
import dev.kronos.spark.columnar.DeviceInput;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Takes in the sorted batches of one task and gives out the rows whose rank is small. */
final class RankLimitIterator extends TaskIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources = TaskResources.ofTask();
  private final SparkRankLimit limit;
  private final ChainMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final SparkRankLimit.Translated translated;
  private final DeviceInput door;
  private final BatchOutput output;
  private RankLimitBatches operator;

  RankLimitIterator(SparkRankLimit limit, ChainMetrics metrics, Iterator<ColumnarBatch> input) {
    super(metrics);
    this.limit = limit;
    this.metrics = metrics;
    this.input = input;
    translated = limit.translate().orThrow();
    door = resources.input(limit.input().inputSchema(), metrics);
    output = resources.output(translated.output(), metrics);
    RankLimitBatches.prepare(kronos, translated.limit().over(door.likelyLayouts(input)));
  }

  /** Stops early where all rows are one partition, as Spark does. */
  @Override
  ColumnarBatch compute() {
    while ((operator == null || !operator.isDone()) && input.hasNext()) {
      Optional<ColumnBatch> kept = add(input.next());
      if (kept.isPresent()) {
        return output.give(kept.get());
      }
    }
    return null;
  }

  private Optional<ColumnBatch> add(ColumnarBatch batch) {
    try (ColumnBatch taken = door.toDevice(batch)) {
      return operator().add(taken);
    } catch (RowFailure failure) {
      throw Failures.ofRow(limit.replay(), batch, failure);
    } finally {
      batch.closeIfFreeable();
    }
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private RankLimitBatches operator() {
    if (operator == null) {
      RankLimitBatches created =
          new RankLimitBatches(kronos, translated.limit().over(door.layouts()));
      operator = resources.own(created);
      resources.onCompletion(() -> metrics.addOperator(created.counters()));
    }
    return operator;
  }
}

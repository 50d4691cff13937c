// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.operator.aggregate.AggregateOverflow;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.pipeline.SideColumns;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.AggregateReplay;
import dev.kronos.spark.catalyst.AggregateShape;
import dev.kronos.spark.catalyst.AggregateTranslator;
import dev.kronos.spark.catalyst.RowReplay;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.TranslatedAggregate;
import dev.kronos.spark.columnar.DeviceInput;
import dev.kronos.spill.StoredBatch;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Groups all batches of one task and gives out one batch, or none when there is no group. Where
 * there is no room for all groups it gives out several, each of groups of its own: rows that were
 * left out wait, and are grouped by themselves.
 */
final class AggregateIterator extends TaskIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources = TaskResources.ofTask();
  private final SparkPipeline pipeline;
  private final SideColumns sides;
  private final AggregateShape shape;
  private final ChainMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final TranslatedAggregate translated;
  private final DeviceInput door;
  private final GroupResults results;
  private final WaitingBatches left;
  private HashAggregate operator;
  private ColumnarBatch postponed;
  private boolean started;
  private boolean again;

  AggregateIterator(StartedChain chain, AggregateShape shape) {
    super(chain.metrics());
    this.shape = shape;
    pipeline = chain.pipeline();
    sides = chain.sides();
    metrics = chain.metrics();
    input = chain.input();
    translated = new AggregateTranslator(pipeline, shape).translate().orThrow();
    door = resources.input(pipeline.inputSchema(), metrics);
    results = resources.own(new GroupResults(kronos, shape, translated));
    resources.onCompletion(() -> results.streams().forEach(metrics::addStream));
    left = resources.waiting(metrics);
    resources.onCompletion(this::retire);
    resources.onCompletion(this::drop);
    HashAggregate.prepare(kronos, translated.spec().over(door.likelyLayouts(input)));
  }

  @Override
  ColumnarBatch compute() {
    while (!started || !left.isEmpty() || hasInput()) {
      if (left.isEmpty()) {
        groupInput();
      } else {
        groupAgain();
      }
      ColumnBatch groups = finish();
      retire();
      if (groups.rows() > 0) {
        return results.give(groups);
      }
      groups.close();
    }
    return null;
  }

  private void groupInput() {
    started = true;
    again = false;
    if (!hasInput()) {
      operator(door.layouts());
    }
    while (hasInput() && !(shape.isPartial() && !left.isEmpty())) {
      postponed = postponed == null ? input.next() : postponed;
      if (!add(postponed)) {
        return;
      }
    }
  }

  private boolean hasInput() {
    return postponed != null || input.hasNext();
  }

  /** Groups a batch; returns false where it has to wait until groups have been given out. */
  private boolean add(ColumnarBatch batch) {
    ColumnBatch onDevice = toDevice(batch);
    if (onDevice == null) {
      return false;
    }
    postponed = null;
    try (ColumnBatch taken = onDevice) {
      left.add(operator(door.layouts()).addWhatFits(taken));
      return true;
    } catch (RowFailure failure) {
      throw Failures.ofRow(RowReplay.before(pipeline, shape), batch, failure);
    } finally {
      batch.closeIfFreeable();
    }
  }

  /**
   * Brings a batch to the device; returns null where there is no room beside the groups at hand and
   * a partial aggregation may give those out first.
   */
  private ColumnBatch toDevice(ColumnarBatch batch) {
    try {
      return door.toDevice(batch);
    } catch (KronosException.Exhausted e) {
      if (shape.isPartial() && operator != null) {
        return null;
      }
      throw e;
    }
  }

  private void drop() {
    if (postponed != null) {
      postponed.closeIfFreeable();
    }
  }

  /** Groups what was left out; what is left out of that comes after it. */
  private void groupAgain() {
    again = true;
    for (int batches = left.size(); batches > 0; batches--) {
      try (StoredBatch stored = left.remove();
          StoredBatch.Pinned pinned = stored.pin()) {
        // Rows that were left out lie as results do, and have been evaluated without failure.
        left.add(operator(ArrowColumns.layouts(door.layouts())).addWhatFits(pinned.batch()));
      }
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

  /** Returns the operator of this pass; the first batch decides on the layouts that it is for. */
  private HashAggregate operator(List<ColumnLayout> layouts) {
    if (operator == null) {
      operator = new HashAggregate(kronos, translated.spec().over(layouts), sides);
    }
    return operator;
  }

  /** Ends a pass. */
  private void retire() {
    if (operator == null) {
      return;
    }
    try (HashAggregate ended = operator) {
      operator = null;
      OperatorCounters counters = ended.counters();
      if (again) {
        // Its rows were counted when they came first.
        metrics.addStream(counters.stream());
      } else {
        metrics.addOperator(counters);
      }
    }
  }
}

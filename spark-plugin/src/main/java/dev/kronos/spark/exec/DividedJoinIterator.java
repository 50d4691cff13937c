// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.join.DividedJoin;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.DeviceInput;
import dev.kronos.spill.SpillMeter;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Joins the two sides of one task in parts, as the table of the build side does not fit. */
final class DividedJoinIterator extends TaskIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final Built built;
  private final JoinWork work;
  private final ChainMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final DeviceInput door;
  private final BatchOutput output;
  private DividedJoin operator;

  DividedJoinIterator(
      Built built, JoinWork work, ChainMetrics metrics, Iterator<ColumnarBatch> input) {
    super(metrics);
    this.built = built;
    this.work = work;
    this.metrics = metrics;
    this.input = input;
    door = built.resources().input(work.probe().inputSchema(), metrics);
    output = built.resources().output(work.shape().output(), metrics);
  }

  /**
   * Holds what is there before the probe side comes.
   *
   * @param resources what the task owns
   * @param spec the join; its build side as the batches lay, its probe side as those from the host
   * @param build has taken in the build side; owned by the task
   * @param meter counts what leaves the device
   */
  record Built(TaskResources resources, JoinSpec spec, JoinBuild build, SpillMeter meter) {}

  @Override
  ColumnarBatch compute() {
    while (input.hasNext()) {
      add(input.next());
    }
    try {
      ColumnBatch next = operator().next();
      return next == null ? null : output.give(next);
    } catch (RowFailure failure) {
      throw replayed(failure);
    }
  }

  private void add(ColumnarBatch batch) {
    try (ColumnBatch taken = door.toDevice(batch)) {
      operator().add(taken);
    } catch (RowFailure failure) {
      throw Failures.ofRow(work.replayOfProbe(), batch, failure);
    } finally {
      batch.closeIfFreeable();
    }
  }

  /** Runs the failed row again in Spark; its batch came apart when it was divided. */
  private IllegalStateException replayed(RowFailure failure) {
    ColumnBatch probed = operator.probed();
    if (probed == null) {
      return Failures.unexplained("row", failure.row(), failure);
    }
    try (BatchOutput host = new BatchOutput(kronos, work.probe().input())) {
      return Failures.ofRow(work.replayOfProbe(), host.give(probed.retain()), failure);
    }
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private DividedJoin operator() {
    if (operator == null) {
      JoinSpec spec = JoinWork.over(built.spec(), door.layouts(), built.spec().build());
      DividedJoin created =
          new DividedJoin(kronos, spec, built.build(), KronosExecutor.store(), built.meter());
      operator = built.resources().own(created);
      built.resources().onCompletion(() -> metrics.addOperator(created.counters()));
    }
    return operator;
  }
}

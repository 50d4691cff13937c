// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.DeviceInput;
import dev.kronos.spill.SpillMeter;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Makes the table of a join of partitions of one task, where it fits, and the join. */
final class PartitionTable {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources;
  private final JoinWork work;
  private final JoinSpec spec;
  private final SpillMeter meter;
  private final DeviceInput door;
  private JoinBuild operator;

  /**
   * Creates an empty table.
   *
   * @param resources owns the table and the join
   * @param work the join
   * @param metrics the metrics of the join and of what runs with it
   */
  PartitionTable(TaskResources resources, JoinWork work, ChainMetrics metrics) {
    this.resources = resources;
    this.work = work;
    this.spec = work.translate();
    this.meter = resources.waiting(metrics).meter();
    this.door = resources.input(work.build().inputSchema(), metrics);
  }

  /**
   * Starts a chain in a task that begins with a join of partitions.
   *
   * @param partitions the join
   * @param inputs the batches of both sides
   * @param top the metrics of the node that executes the chain
   */
  static StartedChain joined(
      ChainWork.Partitions partitions, ChainWork.Inputs inputs, NodeMetrics top) {
    ChainWork.Link link = partitions.link();
    StartedChain probe = partitions.probe().start(inputs);
    JoinWork work = link.join().over(probe);
    PartitionTable side =
        new PartitionTable(
            TaskResources.ofTask(), work, new ChainMetrics(probe.metrics().steps(), top));
    JoinBuild.prepare(side.kronos, side.likely(inputs.builds()));
    inputs.builds().forEachRemaining(side::add);
    BuildTable table = side.table();
    if (table != null) {
      return probe.joined(link, side.spec, table, true);
    }
    StartedChain apart = partitions.probe().startApart(inputs.rows());
    return apart.behind(link, side.divided(link.join(), apart.below(link)));
  }

  JoinSpec spec() {
    return spec;
  }

  /** Returns how the table is likely to be built, before the first batch has come. */
  BuildSpec likely(Iterator<ColumnarBatch> builds) {
    return JoinWork.over(spec.build(), door.likelyLayouts(builds));
  }

  /** Takes in a batch. */
  void add(ColumnarBatch batch) {
    try (ColumnBatch taken = door.toDevice(batch)) {
      operator().add(taken);
    } catch (RowFailure failure) {
      throw Failures.ofRow(work.replayOfBuild(), batch, failure);
    } finally {
      batch.closeIfFreeable();
    }
  }

  /** Makes the table, or returns null where it does not fit and the join has to be divided. */
  BuildTable table() {
    if (!operator().fits()) {
      return null;
    }
    try {
      BuildTable table = resources.own(operator().finish());
      operator.close();
      return table;
    } catch (KronosException.Exhausted e) {
      // Other tasks have the room that was expected.
      return null;
    }
  }

  /** Makes the join of a probe side without side columns, where there is no table. */
  Iterator<ColumnarBatch> divided(ChainWork.Join join, StartedChain probe) {
    JoinWork divided = join.over(probe);
    JoinSpec whole = divided.translate();
    JoinSpec compiled = JoinWork.over(whole, whole.probe().inputs(), buildSpec());
    return new DividedJoinIterator(
        new DividedJoinIterator.Built(resources, compiled, operator, meter),
        divided,
        probe.metrics(),
        probe.input());
  }

  private BuildSpec buildSpec() {
    return JoinWork.over(spec.build(), door.layouts());
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private JoinBuild operator() {
    if (operator == null) {
      operator = resources.own(new JoinBuild(kronos, buildSpec(), KronosExecutor.store(), meter));
    }
    return operator;
  }
}

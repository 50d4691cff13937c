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
  private final ChainWork.Join join;
  private final JoinSpec spec;
  private final SpillMeter meter;
  private final DeviceInput door;
  private JoinBuild operator;

  /**
   * Creates an empty table.
   *
   * @param resources owns the table and the join
   * @param join the join
   * @param probe gives the probe side, and bears the metrics
   */
  PartitionTable(TaskResources resources, ChainWork.Join join, StartedChain probe) {
    this.resources = resources;
    this.join = join;
    this.spec = join.over(probe).translate();
    this.meter = resources.waiting(probe.metrics()).meter();
    this.door = resources.input(join.build().inputSchema(), probe.metrics());
  }

  /**
   * Starts a chain in a task that begins with a join of partitions.
   *
   * @param partitions the join
   * @param inputs the batches of both sides
   */
  static StartedChain joined(ChainWork.Partitions partitions, ChainWork.Inputs inputs) {
    ChainWork.Link link = partitions.link();
    StartedChain probe = partitions.probe().start(inputs);
    PartitionTable side = new PartitionTable(TaskResources.ofTask(), link.join(), probe);
    JoinBuild.prepare(side.kronos, side.likely(inputs.builds()));
    inputs.builds().forEachRemaining(side::add);
    BuildTable table = side.table();
    if (table != null) {
      return probe.joined(link, side.spec, table, true);
    }
    StartedChain apart = partitions.probe().startApart(inputs.rows());
    return apart.behind(link, side.divided(apart.below(link)));
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
      throw Failures.ofRow(join.replayOfBuild(), batch, failure);
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
  Iterator<ColumnarBatch> divided(StartedChain probe) {
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

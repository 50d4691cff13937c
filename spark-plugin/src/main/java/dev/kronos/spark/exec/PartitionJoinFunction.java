// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.ArrowBatches;
import dev.kronos.spark.columnar.DeviceInput;
import dev.kronos.spill.SpillMeter;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction2;

/** Joins a partition of the probe side with one of the build side. Travels to the executors. */
final class PartitionJoinFunction
    extends AbstractFunction2<
        scala.collection.Iterator<ColumnarBatch>,
        scala.collection.Iterator<ColumnarBatch>,
        scala.collection.Iterator<ColumnarBatch>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final JoinWork work;
  private final ChainMetrics metrics;

  PartitionJoinFunction(JoinWork work, ChainMetrics metrics) {
    this.work = work;
    this.metrics = metrics;
  }

  @Override
  public scala.collection.Iterator<ColumnarBatch> apply(
      scala.collection.Iterator<ColumnarBatch> probe,
      scala.collection.Iterator<ColumnarBatch> build) {
    TaskResources resources = TaskResources.ofTask();
    Building building = new Building(resources, resources.waiting(metrics).meter());
    Iterator<ColumnarBatch> builds = CollectionConverters.asJava(build);
    Iterator<ColumnarBatch> probes = CollectionConverters.asJava(probe);
    building.prepare(builds, probes);
    builds.forEachRemaining(building::add);
    return CollectionConverters.asScala(building.joined(probes));
  }

  /** Takes in the build side of one task, makes its table where that fits, and the join. */
  private final class Building {
    private final Kronos kronos = KronosExecutor.current();
    private final JoinSpec spec = work.translate();
    private final TaskResources resources;
    private final SpillMeter meter;
    private final DeviceInput door;
    private JoinBuild operator;

    Building(TaskResources resources, SpillMeter meter) {
      this.resources = resources;
      this.meter = meter;
      this.door = resources.input(work.build().inputSchema(), metrics);
    }

    /** Has kernels made of both sides, while the first batches are on their way. */
    void prepare(Iterator<ColumnarBatch> builds, Iterator<ColumnarBatch> probes) {
      BuildSpec build = JoinWork.over(spec.build(), door.likelyLayouts(builds));
      HashJoin.prepare(
          kronos,
          JoinWork.over(spec, ArrowBatches.likelyLayouts(probes, spec.probe().inputs()), build));
    }

    void add(ColumnarBatch batch) {
      try (ColumnBatch taken = door.toDevice(batch)) {
        operator().add(taken);
      } catch (RowFailure failure) {
        throw Failures.ofRow(work.replayOfBuild(), batch, failure);
      } finally {
        batch.closeIfFreeable();
      }
    }

    Iterator<ColumnarBatch> joined(Iterator<ColumnarBatch> input) {
      BuildTable table = table();
      if (table == null) {
        JoinSpec divided = JoinWork.over(spec, spec.probe().inputs(), buildSpec());
        return new DividedJoinIterator(
            new DividedJoinIterator.Built(resources, divided, operator, meter),
            work,
            metrics,
            input);
      }
      return new JoinIterator(
          new JoinIterator.Built(kronos, resources, spec, table), work, metrics, input);
    }

    /** Makes the table, or returns null where it does not fit and the join has to be divided. */
    private BuildTable table() {
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
}

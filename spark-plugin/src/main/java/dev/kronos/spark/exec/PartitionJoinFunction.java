// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.DeviceInput;
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
    Kronos kronos = KronosExecutor.current();
    TaskResources resources = TaskResources.ofTask();
    JoinSpec spec = work.translate();
    DeviceInput door = resources.input(work.build().inputSchema(), metrics);
    BuildTable table =
        resources.own(new Building(kronos, spec, door).table(CollectionConverters.asJava(build)));
    return CollectionConverters.asScala(
        new JoinIterator(
            new JoinIterator.Built(kronos, resources, spec, table),
            work,
            metrics,
            CollectionConverters.asJava(probe)));
  }

  /** Makes the table of one task. */
  private final class Building {
    private final Kronos kronos;
    private final JoinSpec spec;
    private final DeviceInput door;
    private JoinBuild operator;

    Building(Kronos kronos, JoinSpec spec, DeviceInput door) {
      this.kronos = kronos;
      this.spec = spec;
      this.door = door;
    }

    BuildTable table(Iterator<ColumnarBatch> batches) {
      try {
        while (batches.hasNext()) {
          add(batches.next());
        }
        return operator().finish();
      } finally {
        if (operator != null) {
          operator.close();
        }
      }
    }

    private void add(ColumnarBatch batch) {
      try (ColumnBatch taken = door.toDevice(batch)) {
        operator().add(taken);
      } catch (RowFailure failure) {
        throw Failures.ofRow(work.replayOfBuild(), batch, failure);
      } finally {
        batch.closeIfFreeable();
      }
    }

    /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
    private JoinBuild operator() {
      if (operator == null) {
        operator = new JoinBuild(kronos, JoinWork.over(spec.build(), door.layouts()));
      }
      return operator;
    }
  }
}

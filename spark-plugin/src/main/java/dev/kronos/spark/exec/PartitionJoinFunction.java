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
import dev.kronos.spark.catalyst.JoinShape;
import dev.kronos.spark.catalyst.SparkPipeline;
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

  private final ChainWork probeWork;
  private final SparkPipeline build;
  private final JoinShape shape;

  /**
   * Creates the function.
   *
   * @param probeWork what happens to rows of the probe side
   * @param build what happens to rows of the build side
   * @param shape what the join computes
   */
  PartitionJoinFunction(ChainWork probeWork, SparkPipeline build, JoinShape shape) {
    this.probeWork = probeWork;
    this.build = build;
    this.shape = shape;
  }

  @Override
  public scala.collection.Iterator<ColumnarBatch> apply(
      scala.collection.Iterator<ColumnarBatch> probes,
      scala.collection.Iterator<ColumnarBatch> builds) {
    // Before what the join opens, so that the chain's tables are let go after it.
    Iterator<ColumnarBatch> input = CollectionConverters.asJava(probes);
    StartedChain chain = probeWork.start(input);
    TaskResources resources = TaskResources.ofTask();
    Building building = new Building(chain, resources);
    building.takeIn(CollectionConverters.asJava(builds));
    return CollectionConverters.asScala(building.joined(input));
  }

  private JoinWork work(StartedChain chain) {
    return new JoinWork(chain.pipeline(), build, shape);
  }

  /** Takes in the build side of one task, makes its table where that fits, and the join. */
  private final class Building {
    private final Kronos kronos = KronosExecutor.current();
    private final StartedChain chain;
    private final JoinSpec spec;
    private final TaskResources resources;
    private final SpillMeter meter;
    private final DeviceInput door;
    private JoinBuild operator;

    Building(StartedChain chain, TaskResources resources) {
      this.chain = chain;
      this.spec = work(chain).translate();
      this.resources = resources;
      this.meter = resources.waiting(chain.metrics()).meter();
      this.door = resources.input(build.inputSchema(), chain.metrics());
    }

    /** Takes in the build side, and has kernels of both made while its first batch is coming. */
    void takeIn(Iterator<ColumnarBatch> builds) {
      HashJoin.prepare(
          kronos,
          JoinWork.over(
              spec,
              ArrowBatches.likelyLayouts(chain.input(), spec.probe().inputs()),
              JoinWork.over(spec.build(), door.likelyLayouts(builds))));
      builds.forEachRemaining(this::add);
    }

    private void add(ColumnarBatch batch) {
      try (ColumnBatch taken = door.toDevice(batch)) {
        operator().add(taken);
      } catch (RowFailure failure) {
        throw Failures.ofRow(work(chain).replayOfBuild(), batch, failure);
      } finally {
        batch.closeIfFreeable();
      }
    }

    Iterator<ColumnarBatch> joined(Iterator<ColumnarBatch> input) {
      BuildTable table = table();
      return table == null
          ? divided(probeWork.startApart(input))
          : new JoinIterator(
              new JoinIterator.Built(kronos, resources, spec, table), work(chain), chain);
    }

    private Iterator<ColumnarBatch> divided(StartedChain apart) {
      JoinWork work = work(apart);
      JoinSpec whole = work.translate();
      return new DividedJoinIterator(
          new DividedJoinIterator.Built(
              resources,
              JoinWork.over(whole, whole.probe().inputs(), buildSpec()),
              operator,
              meter),
          work,
          apart.metrics(),
          apart.input());
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

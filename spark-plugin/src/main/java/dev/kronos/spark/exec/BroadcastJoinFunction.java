// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.HostBatch;
import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.ArrowBatches;
import dev.kronos.spark.columnar.EncodedBatch;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.storage.BroadcastBlockId;

/** Joins the batches of a task with a broadcast table. */
final class BroadcastJoinFunction extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final JoinWork work;
  private final ChainMetrics metrics;
  private final Broadcast<BroadcastTable> broadcast;

  BroadcastJoinFunction(JoinWork work, ChainMetrics metrics, Broadcast<BroadcastTable> broadcast) {
    this.work = work;
    this.metrics = metrics;
    this.broadcast = broadcast;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    Kronos kronos = KronosExecutor.current();
    TaskResources resources = TaskResources.ofTask();
    JoinSpec spec = work.translate();
    BuildSpec build =
        JoinWork.over(spec.build(), ArrowColumns.layouts(spec.build().input().inputs()));
    HashJoin.prepare(
        kronos,
        JoinWork.over(spec, ArrowBatches.likelyLayouts(input, spec.probe().inputs()), build));
    // Before the lock of the table: whoever builds it must not wait for those who wait for it.
    resources.admit(metrics.top());
    BuildTables tables =
        KronosExecutor.shared(
            BuildTables.class, () -> new BuildTables(BroadcastJoinFunction::exists));
    BuildTable table =
        resources.own(tables.table(broadcast.id(), build, () -> build(kronos, build)));
    return new JoinIterator(
        new JoinIterator.Built(kronos, resources, spec, table), work, metrics, input);
  }

  private static boolean exists(long broadcast) {
    return SparkEnv.get().blockManager().getStatus(new BroadcastBlockId(broadcast, "")).isDefined();
  }

  private BuildTable build(Kronos kronos, BuildSpec spec) {
    try (JoinBuild operator = new JoinBuild(kronos, spec)) {
      for (EncodedBatch batch : broadcast.value().batches()) {
        batch.decode(kronos.allocator(), vectors -> add(operator, vectors, batch.rows()));
      }
      return operator.finish();
    }
  }

  private void add(JoinBuild operator, List<FieldVector> vectors, int rows) {
    try {
      operator.add(HostBatch.ofVectors(vectors, rows));
    } catch (RowFailure failure) {
      ColumnVector[] columns =
          vectors.stream().map(ArrowColumnVector::new).toArray(ColumnVector[]::new);
      throw Failures.ofRow(work.replayOfBuild(), new ColumnarBatch(columns, rows), failure);
    }
  }
}

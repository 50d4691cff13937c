// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.HostBatch;
import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.EncodedBatch;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.storage.BroadcastBlockId;

/** Makes tables of broadcasts, which the tasks of an executor share. */
final class SharedTables {
  private SharedTables() {}

  /**
   * Builds the table of a broadcast, or finds it built.
   *
   * @param join the join that it is for
   * @param spec the join
   * @param resources takes over a reference to the table
   * @param waiting counts how long the task waits for the device
   */
  static BuildTable table(
      ChainWork.Join join, JoinSpec spec, TaskResources resources, NodeMetrics waiting) {
    // Before the lock of the table: whoever builds it must not wait for those who wait for it.
    resources.admit(waiting);
    BuildTables tables =
        KronosExecutor.shared(BuildTables.class, () -> new BuildTables(SharedTables::exists));
    BuildSpec build = buildSpec(spec);
    Kronos kronos = KronosExecutor.current();
    return resources.own(
        tables.table(join.broadcast().id(), build, () -> build(kronos, build, join)));
  }

  /** Returns how the table of a join is built: of Arrow's vectors. */
  static BuildSpec buildSpec(JoinSpec spec) {
    return JoinWork.over(spec.build(), ArrowColumns.layouts(spec.build().input().inputs()));
  }

  private static boolean exists(long broadcast) {
    return SparkEnv.get().blockManager().getStatus(new BroadcastBlockId(broadcast, "")).isDefined();
  }

  private static BuildTable build(Kronos kronos, BuildSpec spec, ChainWork.Join join) {
    try (JoinBuild operator = new JoinBuild(kronos, spec)) {
      for (EncodedBatch batch : join.broadcast().value().batches()) {
        batch.decode(kronos.allocator(), vectors -> add(operator, vectors, batch.rows(), join));
      }
      return operator.finish();
    }
  }

  private static void add(
      JoinBuild operator, List<FieldVector> vectors, int rows, ChainWork.Join join) {
    try {
      operator.add(HostBatch.ofVectors(vectors, rows));
    } catch (RowFailure failure) {
      throw Failures.ofRow(join.replayOfBuild(), batch(vectors, rows), failure);
    }
  }

  private static ColumnarBatch batch(List<FieldVector> vectors, int rows) {
    ColumnVector[] columns =
        vectors.stream().map(ArrowColumnVector::new).toArray(ColumnVector[]::new);
    return new ColumnarBatch(columns, rows);
  }
}

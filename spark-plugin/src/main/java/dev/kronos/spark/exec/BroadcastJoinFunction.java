// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.ArrowBatches;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Joins the batches of a task with a broadcast table. */
final class BroadcastJoinFunction extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final ChainWork probe;
  private final ChainWork.Join join;

  BroadcastJoinFunction(ChainWork probe, ChainWork.Join join) {
    this.probe = probe;
    this.join = join;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    Kronos kronos = KronosExecutor.current();
    // Before what the join opens, so that the chain's tables are let go after it.
    StartedChain chain = probe.start(input);
    TaskResources resources = TaskResources.ofTask();
    JoinWork work = new JoinWork(chain.pipeline(), join.build(), join.shape());
    JoinSpec spec = work.translate();
    HashJoin.prepare(
        kronos,
        JoinWork.over(
            spec,
            ArrowBatches.likelyLayouts(chain.input(), spec.probe().inputs()),
            TaskTable.buildSpec(spec)));
    TaskTable table = TaskTable.of(join, spec, resources, chain.metrics().top());
    return new JoinIterator(
        new JoinIterator.Built(kronos, resources, spec, table.onDevice()), work, chain);
  }
}

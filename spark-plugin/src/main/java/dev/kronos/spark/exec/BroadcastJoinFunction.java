// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.ArrowBatches;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Joins the batches of a task with a broadcast table, where no chain does it.
 *
 * @param join the join
 */
record BroadcastJoinFunction(ChainWork.Join join) implements ChainFunction {

  @Override
  public Iterator<ColumnarBatch> start(StartedChain chain) {
    Kronos kronos = KronosExecutor.current();
    TaskResources resources = TaskResources.ofTask();
    JoinWork work = join.over(chain);
    JoinSpec spec = work.translate();
    HashJoin.prepare(
        kronos,
        JoinWork.over(
            spec,
            ArrowBatches.likelyLayouts(chain.input(), spec.probe().inputs()),
            SharedTables.buildSpec(spec)));
    BuildTable table = SharedTables.table(join, spec, resources, chain.metrics().top());
    return new JoinIterator(new JoinIterator.Built(kronos, resources, spec, table), work, chain);
  }
}

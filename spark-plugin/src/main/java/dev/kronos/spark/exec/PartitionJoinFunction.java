// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.ArrowBatches;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Joins a partition of the probe side with one of the build side, where no chain does it. */
final class PartitionJoinFunction extends ZipFunction {
  private static final long serialVersionUID = 1L;

  private final ChainWork probe;
  private final ChainWork.Join join;

  /**
   * Creates the function.
   *
   * @param probe what happens to rows of the probe side
   * @param join the join
   */
  PartitionJoinFunction(ChainWork probe, ChainWork.Join join) {
    this.probe = probe;
    this.join = join;
  }

  @Override
  Iterator<ColumnarBatch> start(ChainWork.Inputs inputs) {
    Kronos kronos = KronosExecutor.current();
    // Before what the join opens, so that the chain's tables are let go after it.
    StartedChain chain = probe.start(inputs);
    TaskResources resources = TaskResources.ofTask();
    PartitionTable side = new PartitionTable(resources, join, chain);
    HashJoin.prepare(
        kronos,
        JoinWork.over(
            side.spec(),
            ArrowBatches.likelyLayouts(chain.input(), side.spec().probe().inputs()),
            side.likely(inputs.builds())));
    inputs.builds().forEachRemaining(side::add);
    BuildTable table = side.table();
    return table == null
        ? side.divided(probe.startApart(inputs.rows()))
        : new JoinIterator(
            new JoinIterator.Built(kronos, resources, side.spec(), table), join.over(chain), chain);
  }
}

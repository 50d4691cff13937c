// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.operator.join.JoinRun.JoinKernel;
import dev.kronos.operator.pipeline.ColumnWriter;

/** Joins where each probe row gives at most one row: one kernel decides, another one writes. */
final class RowProber implements Prober {
  private final JoinRun run;
  private final Selector selector;
  private final JoinKernel lookup;
  private final JoinKernel writing;
  private final ColumnWriter writer;

  RowProber(JoinRun run) {
    this.run = run;
    this.selector = new Selector(run);
    JoinPlan plan = run.plan();
    this.lookup = run.compile(JoinCode.lookup(plan));
    this.writing = plan.spec().keepsBuildOnly() ? null : run.compile(JoinKernels.writeRows(plan));
    this.writer = writing == null ? null : run.writer(0, writing);
  }

  @Override
  public JoinedBatches probe() {
    int selected = selector.select(lookup, run.batch().rows());
    return new RowPieces(run, writing, writer, run.selected().rows(), selected);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.join.JoinRun.JoinKernel;
import dev.kronos.operator.join.JoinRun.Work;
import dev.kronos.operator.pipeline.ColumnWriter;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.pipeline.Workgroups;

/** Joins where a probe row may have several candidates, which are numbered first. */
final class PairProber implements Prober {
  private final JoinRun run;
  private final JoinPlan plan;
  private final Selector selector;
  private final PrefixSum scan;
  private final JoinKernel count;
  private final JoinKernel tileRows;
  private final JoinKernel match;
  private final JoinKernel marked;
  private final JoinKernel writing;
  private final ColumnWriter writer;

  PairProber(JoinRun run) {
    this.run = run;
    this.plan = run.plan();
    this.selector = new Selector(run);
    this.scan = new PrefixSum(run.kronos(), PrefixSum.Width.INT64);
    this.count = run.compile(JoinCode.count(plan));
    this.tileRows = run.compile(JoinCode.tileRows(plan));
    this.match = plan.triesCandidates() ? run.compile(JoinCode.match(plan)) : null;
    boolean byMarks = plan.spec().keepsProbeOnly();
    this.marked = byMarks ? run.compile(JoinKernels.marked(plan)) : null;
    this.writing = writing(byMarks);
    this.writer = writing == null ? null : run.writer(0, writing);
  }

  private JoinKernel writing(boolean byMarks) {
    if (plan.spec().keepsBuildOnly()) {
      return null;
    }
    return run.compile(byMarks ? JoinKernels.writeRows(plan) : JoinKernels.writePairs(plan));
  }

  JoinKernel writing() {
    return writing;
  }

  ColumnWriter writer() {
    return writer;
  }

  @Override
  public JoinedBatches probe() {
    int rows = run.batch().rows();
    long candidates = countCandidates(rows);
    if (!plan.spec().type().keepsLeftOnly()) {
      return new PairPieces(this, run, candidates);
    }
    for (long base = 0; base < candidates; base += run.pieceRows()) {
      tryCandidates(base, (int) Math.min(run.pieceRows(), candidates - base));
    }
    int selected = marked == null ? 0 : selector.select(marked, rows);
    return new RowPieces(run, writing, writer, run.selected().rows(), selected);
  }

  private long countCandidates(int rows) {
    run.selected().reserve(rows);
    DeviceBuffer offsets = run.memory().offsets();
    try (DeviceBuffer total = run.kronos().memory().allocate(Pool.READBACK, Long.BYTES)) {
      run.record(count, Work.over(rows));
      scan.record(run.stream(), offsets, 0, rows);
      run.stream().copy(offsets, (long) rows * Long.BYTES, total, 0, Long.BYTES);
      run.await();
      return HostMemory.longAt(total.hostAddress());
    }
  }

  /** Records what kernels over a piece of the candidates, more than 0 of them, look at first. */
  void beginPiece(long base, int candidates) {
    int tiles = (candidates - 1) / Workgroups.SIZE + 1;
    run.memory().beginPiece(tiles);
    run.selected().reserve(candidates);
    run.record(tileRows, new Work(tiles + 1, 0, base, null, null));
  }

  /** Tries a piece of the candidates, waits and returns how many are met; throws RowFailure. */
  int tryCandidates(long base, int candidates) {
    beginPiece(base, candidates);
    run.record(match, new Work(candidates, 0, base, null, null));
    if (plan.extendsProbe() && plan.hasCondition()) {
      run.record(match, new Work(candidates, JoinCode.NULLS_ONLY, base, null, null));
    }
    return selector.list(candidates);
  }
}

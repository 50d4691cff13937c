// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.operator.join.JoinRun.JoinKernel;
import dev.kronos.operator.join.JoinRun.Work;

/** Runs kernels that select rows, and counts what they selected. */
final class Selector {
  private final JoinRun run;
  private long before;

  Selector(JoinRun run) {
    this.run = run;
  }

  /** Runs a kernel over rows, waits and returns how many it selected; throws RowFailure. */
  int select(JoinKernel kernel, int rows) {
    run.selected().reserve(rows);
    run.record(kernel, Work.over(rows));
    return list(rows);
  }

  /** Lists what was selected of rows, waits and returns how many; throws RowFailure. */
  int list(int rows) {
    run.selected().recordList(run.stream(), rows);
    run.await();
    long total = run.status().counter(JoinCode.SELECTED);
    int selected = (int) (total - before);
    before = total;
    return selected;
  }

  /** Forgets what was selected and is not of interest. */
  void skip() {
    before = run.status().counter(JoinCode.SELECTED);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.ColumnBatch;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.join.JoinRun.Work;

/** Gives out pairs, as many candidates at a time as a piece may have rows. */
final class PairPieces implements JoinedBatches {
  private final PairProber prober;
  private final JoinRun run;
  private final long candidates;
  private long tried;

  PairPieces(PairProber prober, JoinRun run, long candidates) {
    this.prober = prober;
    this.run = run;
    this.candidates = candidates;
  }

  @Override
  public ColumnBatch next() {
    while (tried < candidates) {
      long base = tried;
      int count = (int) Math.min(run.pieceRows(), candidates - base);
      tried += count;
      ColumnBatch piece = piece(base, count);
      if (piece != null) {
        return piece;
      }
    }
    return null;
  }

  private ColumnBatch piece(long base, int count) {
    if (!run.plan().triesCandidates()) {
      prober.beginPiece(base, count);
      return write(base, count, null);
    }
    int met = prober.tryCandidates(base, count);
    return met == 0 ? null : write(base, met, run.selected().rows());
  }

  private ColumnBatch write(long base, int rows, DeviceBuffer list) {
    return prober
        .writer()
        .write(
            rows,
            run.sources(prober.writing()),
            output -> run.record(prober.writing(), new Work(rows, 0, base, list, output)));
  }

  @Override
  public void close() {}
}

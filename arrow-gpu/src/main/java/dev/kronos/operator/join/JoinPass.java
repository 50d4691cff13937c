// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayDeque;
import java.util.Deque;

/** Joins batches that wait with one table, of which it has a reference. Not thread-safe. */
final class JoinPass implements AutoCloseable {
  private final HashJoin join;
  private final Deque<StoredBatch> waiting;
  private final Deque<StoredBatch> done;
  private final Deque<StoredBatch> taken = new ArrayDeque<>();
  private final BatchGroups groups;
  private ColumnBatch batch;
  private JoinedBatches pieces;
  private boolean finished;

  /**
   * Creates a pass.
   *
   * @param waiting the batches of the probe side, which are taken out
   * @param done where they go then, or null to close them
   */
  JoinPass(
      Kronos kronos,
      JoinSpec spec,
      BuildTable table,
      Deque<StoredBatch> waiting,
      Deque<StoredBatch> done) {
    this.join = new HashJoin(kronos, spec, table, JoinRoom.of(kronos.memory()).pieceRows());
    this.groups = new BatchGroups(kronos, spec.probe().inputs());
    this.waiting = waiting;
    this.done = done;
  }

  /** Computes the next rows, or returns null; throws RowFailure naming a row of the batch. */
  ColumnBatch next() {
    while (pieces != null || startNext()) {
      ColumnBatch piece = pieces.next();
      if (piece != null) {
        return piece;
      }
      endBatch();
    }
    return null;
  }

  /** Returns the batch that is being joined, or null. */
  ColumnBatch probed() {
    return batch;
  }

  private boolean startNext() {
    if (!waiting.isEmpty()) {
      batch = groups.next(waiting, taken);
      pieces = join.probe(batch);
      return true;
    }
    if (finished) {
      return false;
    }
    finished = true;
    pieces = join.finish();
    return true;
  }

  private void endBatch() {
    if (pieces != null) {
      pieces.close();
      pieces = null;
    }
    if (batch != null) {
      batch.close();
      batch = null;
    }
    if (done != null) {
      done.addAll(taken);
      taken.clear();
    }
    JoinPart.drop(taken);
  }

  StreamCounters counters() {
    return join.counters().stream();
  }

  @Override
  public void close() {
    endBatch();
    join.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinRoom;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.join.JoinedBatches;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.pipeline.SideColumns;
import dev.kronos.spark.columnar.DeviceInput;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Joins the batches of the probe side of one task with a table, in pieces of bounded size. */
final class JoinIterator extends TaskIterator {
  private final Kronos kronos;
  private final TaskResources resources;
  private final JoinWork work;
  private final ChainMetrics metrics;
  private final JoinSpec spec;
  private final BuildTable table;
  private final SideColumns sides;
  private final Iterator<ColumnarBatch> input;
  private final DeviceInput door;
  private final BatchOutput output;
  private HashJoin operator;
  private ColumnarBatch batch;
  private ColumnBatch taken;
  private JoinedBatches pieces;
  private boolean finished;

  /** Takes the table's side as made; the table stays the task's. */
  JoinIterator(Built built, JoinWork work, StartedChain probe) {
    super(probe.metrics());
    this.kronos = built.kronos();
    this.resources = built.resources();
    this.work = work;
    this.metrics = probe.metrics();
    this.spec = built.spec();
    this.table = built.table();
    this.sides = probe.sides();
    this.input = probe.input();
    door = resources.input(work.probe().inputSchema(), metrics);
    output = resources.output(work.shape().output(), metrics);
    HashJoin.prepare(kronos, over(door.likelyLayouts(input)), table);
  }

  /**
   * Holds what is there before the probe side streams.
   *
   * @param kronos the device
   * @param resources what the task owns
   * @param spec the join; its probe side as batches from the host lie
   * @param table the build side, owned by the task
   */
  record Built(Kronos kronos, TaskResources resources, JoinSpec spec, BuildTable table) {}

  @Override
  ColumnarBatch compute() {
    while (pieces != null || startNext()) {
      ColumnBatch piece = nextPiece();
      if (piece != null) {
        return output.give(piece);
      }
      endBatch();
    }
    return null;
  }

  private ColumnBatch nextPiece() {
    try {
      return pieces.next();
    } catch (RowFailure failure) {
      throw failureOf(failure);
    }
  }

  /** Starts with the next batch or, after the last one, with what depends on all of them. */
  private boolean startNext() {
    if (input.hasNext()) {
      HashJoin join = operatorFor(input.next());
      try {
        pieces = join.probe(taken);
      } catch (RowFailure failure) {
        throw failureOf(failure);
      }
      return true;
    }
    if (finished) {
      return false;
    }
    finished = true;
    if (!work.shape().dependsOnWholeProbeSide()) {
      return false;
    }
    pieces = operator().finish();
    return true;
  }

  private HashJoin operatorFor(ColumnarBatch next) {
    batch = next;
    taken = door.toDevice(next);
    try {
      return operator();
    } catch (RuntimeException e) {
      // Without an operator nothing else would.
      endBatch();
      throw e;
    }
  }

  private IllegalStateException failureOf(RowFailure failure) {
    return Failures.ofRow(work.replayOfProbe(), batch, failure);
  }

  private void endBatch() {
    if (pieces != null) {
      pieces.close();
      pieces = null;
    }
    if (taken != null) {
      taken.close();
      taken = null;
    }
    if (batch != null) {
      batch.closeIfFreeable();
      batch = null;
    }
  }

  /** Returns the join of a probe side that lies so. */
  private JoinSpec over(List<ColumnLayout> probe) {
    return JoinWork.over(spec, probe, table.spec());
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private HashJoin operator() {
    if (operator == null) {
      JoinSpec compiled = over(door.layouts());
      int pieceRows = JoinRoom.of(kronos.memory()).pieceRows();
      HashJoin created = new HashJoin(kronos, compiled, table, sides, pieceRows);
      operator = resources.own(created);
      resources.onCompletion(() -> metrics.addOperator(created.counters()));
      // Before the join, whose pieces they are.
      resources.onCompletion(this::endBatch);
    }
    return operator;
  }
}

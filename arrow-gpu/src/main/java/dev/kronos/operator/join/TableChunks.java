// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes tables of as many batches of a build side at a time as fit. Not thread-safe. */
final class TableChunks implements AutoCloseable {
  /** Rows that are not divided any further. */
  static final int LEAST_ROWS = 1024;

  private final Kronos kronos;
  private final BuildPlan plan;
  private final SideDivider.Place place;
  private final TableMaker maker;
  private final Deque<StoredBatch> waiting;
  private long tableBytes;

  /**
   * Creates the tables.
   *
   * @param waiting the batches, which are taken out; not empty
   */
  TableChunks(Kronos kronos, BuildPlan plan, SideDivider.Place place, Deque<StoredBatch> waiting) {
    this.kronos = kronos;
    this.plan = plan;
    this.place = place;
    this.maker = new TableMaker(kronos, plan);
    this.waiting = waiting;
    this.tableBytes = JoinRoom.of(kronos.memory()).tableBytes();
  }

  /** Makes the next table, which the caller closes; null when there are no more rows. */
  BuildTable next() {
    while (!waiting.isEmpty()) {
      List<StoredBatch> chunk = chunk();
      try {
        BuildTable table = maker.ofStored(chunk);
        chunk.forEach(StoredBatch::close);
        chunk.clear();
        return table;
      } catch (KronosException.Exhausted e) {
        lessAtOnce(chunk, e);
      } finally {
        putBack(chunk);
      }
    }
    return null;
  }

  /** Makes a table without rows, which the caller closes. */
  BuildTable empty() {
    return maker.empty();
  }

  private List<StoredBatch> chunk() {
    while (TableMaker.sizeBytes(waiting.peek()) > tableBytes
        && waiting.peek().rows() > LEAST_ROWS) {
      halve();
    }
    List<StoredBatch> chunk = new ArrayList<>();
    long sizeBytes = 0;
    while (!waiting.isEmpty() && (chunk.isEmpty() || sizeBytes <= tableBytes)) {
      sizeBytes += TableMaker.sizeBytes(waiting.peek());
      if (chunk.isEmpty() || sizeBytes <= tableBytes) {
        chunk.add(waiting.remove());
      }
    }
    return chunk;
  }

  /** Asks for half as much from now on, unless that is too little to go on with. */
  private void lessAtOnce(List<StoredBatch> chunk, KronosException.Exhausted failure) {
    long rows = JoinPart.rows(chunk);
    long sizeBytes = TableMaker.sizeBytes(chunk);
    if (rows <= LEAST_ROWS) {
      throw new KronosException.Exhausted(
          message(
              "device budget too small for a join",
              "rows",
              rows,
              "sizeBytes",
              sizeBytes,
              "budgetBytes",
              kronos.memory().deviceBudgetBytes()),
          failure);
    }
    tableBytes = sizeBytes / 2;
  }

  private void putBack(List<StoredBatch> chunk) {
    for (int i = chunk.size() - 1; i >= 0; i--) {
      waiting.addFirst(chunk.get(i));
    }
  }

  private void halve() {
    StoredBatch whole = waiting.peek();
    int middle = whole.rows() / 2;
    List<StoredBatch> halves = new ArrayList<>(2);
    try (RowRange ranges = new RowRange(kronos, plan.layouts());
        StoredBatch.Pinned hold = whole.pin()) {
      halves.add(place.add(ranges.copy(hold.batch(), 0, middle)));
      halves.add(place.add(ranges.copy(hold.batch(), middle, whole.rows())));
    } catch (RuntimeException e) {
      halves.forEach(StoredBatch::close);
      throw e;
    }
    waiting.remove().close();
    putBack(halves);
  }

  @Override
  public void close() {
    maker.close();
  }
}

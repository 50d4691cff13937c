// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.operator.concat.ConcatBatches;
import dev.kronos.spill.StoredBatch;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Brings batches that wait together: parts of many batches are small, and each costs as many
 * dispatches as a large one. Not thread-safe.
 */
final class BatchGroups {
  /** Part of a table's room that a group takes: it is there twice, and becomes results. */
  private static final long SHARE = 4;

  private final Kronos kronos;
  private final List<ColumnLayout> layouts;

  BatchGroups(Kronos kronos, List<ColumnLayout> layouts) {
    this.kronos = kronos;
    this.layouts = layouts;
  }

  /**
   * Takes the first batches out, one or more.
   *
   * @param waiting what is there; not empty
   * @param taken gets the batches that are taken out
   * @return their rows, which the caller closes
   */
  ColumnBatch next(Deque<StoredBatch> waiting, Deque<StoredBatch> taken) {
    JoinRoom room = JoinRoom.of(kronos.memory());
    long sizeBytes = 0;
    long rows = 0;
    do {
      sizeBytes += waiting.peek().sizeBytes();
      rows += waiting.peek().rows();
      taken.add(waiting.remove());
    } while (!waiting.isEmpty()
        && sizeBytes + waiting.peek().sizeBytes() <= room.tableBytes() / SHARE
        && rows + waiting.peek().rows() <= room.pieceRows());
    return together(kronos, layouts, taken);
  }

  /** Copies the rows of batches, or shares those of a single one; the caller closes them. */
  static ColumnBatch together(
      Kronos kronos, List<ColumnLayout> layouts, Collection<StoredBatch> stored) {
    return StoredBatch.pinned(stored, batches -> together(kronos, layouts, batches));
  }

  /** Copies the rows of batches, one or more, or shares those of a single one. */
  static ColumnBatch together(
      Kronos kronos, List<ColumnLayout> layouts, List<ColumnBatch> batches) {
    if (batches.size() == 1) {
      return batches.get(0).retain();
    }
    try (ConcatBatches concat = new ConcatBatches(kronos, layouts)) {
      return concat.apply(batches);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.StreamCounters;
import java.util.List;

/** Joins one part of both sides, which it closes. Not thread-safe. */
interface PartJoin extends AutoCloseable {
  /** Computes the next rows, or returns null; throws RowFailure naming a row of the batch. */
  ColumnBatch next();

  /** Returns the batch of the probe side that is being joined, or null. */
  ColumnBatch probed();

  /** Returns what was done by passes that have ended. */
  List<StreamCounters> counters();

  @Override
  void close();
}

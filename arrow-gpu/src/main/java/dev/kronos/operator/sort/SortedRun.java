// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.spill.StoredBatch;
import java.util.ArrayDeque;
import java.util.Deque;

/** Holds sorted rows in chunks that may leave the device, and knows what was given out of them. */
final class SortedRun implements AutoCloseable {
  private final Deque<StoredBatch> chunks = new ArrayDeque<>();
  private int given;

  void add(StoredBatch chunk) {
    chunks.add(chunk);
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  /** Returns the chunk whose turn it is; stays this run's. */
  StoredBatch first() {
    return chunks.getFirst();
  }

  /** Tells whether a row of the first chunk was not given out yet. */
  boolean isLeft(int row) {
    return row >= given;
  }

  /** Tells whether a row is the last one of the first chunk and there are more chunks. */
  boolean endsChunk(int row) {
    return row == first().rows() - 1 && chunks.size() > 1;
  }

  /** Notes that the first {@code rows} rows of the first chunk were given out. */
  void gave(int rows) {
    given = rows;
    if (given == first().rows()) {
      chunks.remove().close();
      given = 0;
    }
  }

  @Override
  public void close() {
    chunks.forEach(StoredBatch::close);
    chunks.clear();
  }
}

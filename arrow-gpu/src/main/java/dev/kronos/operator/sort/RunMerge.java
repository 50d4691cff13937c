// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.spill.StoredBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges sorted runs a window at a time: the first chunks of all runs are sorted together, and rows
 * are given out up to the end of the first chunk that ends, for what comes after it in its run may
 * come next. Rows that are equal in all keys come out in the order of the runs. A window sorts rows
 * again that the one before left; it gives out a chunk at least. Not thread-safe.
 */
final class RunMerge implements AutoCloseable {
  private final SortParts parts;
  private final List<SortedRun> runs;

  /** Takes over runs. */
  RunMerge(SortParts parts, List<SortedRun> runs) {
    this.parts = parts;
    this.runs = new ArrayList<>(runs);
  }

  /** Returns the next rows, one at least, which the caller closes; null when there are no more. */
  SortWindow next() {
    runs.removeIf(SortedRun::isEmpty);
    if (runs.isEmpty()) {
      return null;
    }
    List<StoredBatch> chunks = runs.stream().map(SortedRun::first).toList();
    Given rows = new Given(runs);
    SortWindow window = parts.sort(chunks, rows::isWanted, rows::isLast);
    rows.end();
    return window;
  }

  /** Notes how far each run was given out. */
  private static final class Given {
    private final List<SortedRun> runs;
    private final int[] firstRows;
    private final int[] ends;
    private int run;

    Given(List<SortedRun> runs) {
      this.runs = runs;
      this.firstRows = new int[runs.size() + 1];
      this.ends = new int[runs.size()];
      for (int i = 0; i < runs.size(); i++) {
        firstRows[i + 1] = firstRows[i] + runs.get(i).first().rows();
      }
    }

    boolean isWanted(int row) {
      run = 0;
      while (row >= firstRows[run + 1]) {
        run++;
      }
      int rowOfChunk = row - firstRows[run];
      ends[run] = rowOfChunk + 1;
      return runs.get(run).isLeft(rowOfChunk);
    }

    boolean isLast(int row) {
      return runs.get(run).endsChunk(row - firstRows[run]);
    }

    void end() {
      for (int i = 0; i < ends.length; i++) {
        runs.get(i).gave(ends[i]);
      }
    }
  }

  @Override
  public void close() {
    runs.forEach(SortedRun::close);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import java.util.Arrays;

/**
 * Holds a set of addresses as sorted, disjoint, non-touching ranges in two columns. A query is a
 * binary search; adding moves what lies behind. Not thread-safe; makes no garbage but for growing.
 */
final class RangeSet {
  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private int size;

  /** Returns whether any address from {@code start} up to but not including {@code end} is here. */
  boolean overlaps(long start, long end) {
    int index = firstEndingAfter(start);
    return index < size && starts[index] < end;
  }

  /** Adds the addresses from {@code start} up to but not including {@code end}. */
  void add(long start, long end) {
    if (start >= end) {
      return;
    }
    if (size > 0 && ends[size - 1] == start) {
      ends[size - 1] = end;
      return;
    }
    int from = firstEndingAfter(start - 1);
    int to = from;
    long low = start;
    long high = end;
    while (to < size && starts[to] <= end) {
      low = Math.min(low, starts[to]);
      high = Math.max(high, ends[to]);
      to++;
    }
    replace(from, to);
    starts[from] = low;
    ends[from] = high;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /**
   * Makes room for one range in place of those from {@code from} up to but not including {@code
   * to}.
   */
  private void replace(int from, int to) {
    if (from == to && size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    int moved = size - to;
    System.arraycopy(starts, to, starts, from + 1, moved);
    System.arraycopy(ends, to, ends, from + 1, moved);
    size = from + 1 + moved;
  }

  private int firstEndingAfter(long address) {
    if (size == 0 || ends[size - 1] <= address) {
      return size;
    }
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > address) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}

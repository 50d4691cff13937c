// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import java.util.Arrays;

/**
 * Maps addresses to the level of the last write to them and the highest level of the reads since,
 * as sorted, disjoint segments in columns. Addresses that no segment covers were never touched. Not
 * thread-safe; makes no garbage but for growing.
 */
final class LevelMap {
  /** Level of what never happened. */
  static final int NEVER = -1;

  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private int[] writeLevels = new int[16];
  private int[] readLevels = new int[16];
  private int size;

  void clear() {
    size = 0;
  }

  /** Returns the highest level of a write to any address of a range, or {@link #NEVER}. */
  int lastWrite(long start, long end) {
    int level = NEVER;
    for (int i = firstEndingAfter(start); i < size && starts[i] < end; i++) {
      level = Math.max(level, writeLevels[i]);
    }
    return level;
  }

  /** Returns the highest level of any access to any address of a range, or {@link #NEVER}. */
  int lastAccess(long start, long end) {
    int level = NEVER;
    for (int i = firstEndingAfter(start); i < size && starts[i] < end; i++) {
      level = Math.max(level, Math.max(writeLevels[i], readLevels[i]));
    }
    return level;
  }

  /** Notes a write of a range; the level is above that of every earlier access to it. */
  void write(long start, long end, int level) {
    split(start);
    split(end);
    int from = firstEndingAfter(start);
    int to = from;
    while (to < size && starts[to] < end) {
      to++;
    }
    open(from, to);
    set(from, start, end);
    writeLevels[from] = level;
    readLevels[from] = NEVER;
  }

  /** Notes a read of a range. */
  void read(long start, long end, int level) {
    split(start);
    split(end);
    long position = start;
    int index = firstEndingAfter(start);
    while (position < end) {
      if (index == size || starts[index] > position) {
        long gapEnd = index == size ? end : Math.min(end, starts[index]);
        open(index, index);
        set(index, position, gapEnd);
        writeLevels[index] = NEVER;
        readLevels[index] = level;
      } else {
        readLevels[index] = Math.max(readLevels[index], level);
      }
      position = ends[index];
      index++;
    }
  }

  /** Cuts the segment that an address lies inside of, so that none straddles it. */
  private void split(long address) {
    int index = firstEndingAfter(address);
    if (index == size || starts[index] >= address) {
      return;
    }
    open(index, index);
    starts[index] = starts[index + 1];
    ends[index] = address;
    writeLevels[index] = writeLevels[index + 1];
    readLevels[index] = readLevels[index + 1];
    starts[index + 1] = address;
  }

  private void set(int index, long start, long end) {
    starts[index] = start;
    ends[index] = end;
  }

  /** Makes room for one segment in place of those from {@code from} to before {@code to}. */
  private void open(int from, int to) {
    if (from == to && size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      writeLevels = Arrays.copyOf(writeLevels, size * 2);
      readLevels = Arrays.copyOf(readLevels, size * 2);
    }
    int moved = size - to;
    System.arraycopy(starts, to, starts, from + 1, moved);
    System.arraycopy(ends, to, ends, from + 1, moved);
    System.arraycopy(writeLevels, to, writeLevels, from + 1, moved);
    System.arraycopy(readLevels, to, readLevels, from + 1, moved);
    size = from + 1 + moved;
  }

  private int firstEndingAfter(long address) {
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

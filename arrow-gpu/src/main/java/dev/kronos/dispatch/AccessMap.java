// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import java.util.Arrays;

/**
 * Maps addresses to the stamp of the last write to them and the highest stamp of the reads since,
 * as sorted, disjoint segments in columns. A stamp says when an access happens: the dependency
 * level within a batch, or the timeline value within a queue. Addresses that no segment covers were
 * never touched. Not thread-safe; makes no garbage but for growing.
 */
final class AccessMap {
  /** Stamp of what never happened. */
  static final long NEVER = -1;

  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private long[] writeStamps = new long[16];
  private long[] readStamps = new long[16];
  private int size;

  /** Where the last search ended: work mostly goes on where it was, or just behind. */
  private int cursor;

  void clear() {
    size = 0;
    cursor = 0;
  }

  /** Returns how many segments there are. */
  int size() {
    return size;
  }

  /** Returns the stamp of the last access that conflicts with one, or {@link #NEVER}. */
  long lastConflict(AccessColumns accesses, int place) {
    long start = accesses.start(place);
    long end = accesses.end(place);
    if (start == end) {
      return NEVER;
    }
    return accesses.writes(place) ? lastAccess(start, end) : lastWrite(start, end);
  }

  /** Notes an access; where it writes, its stamp is not below that of any earlier one. */
  void note(AccessColumns accesses, int place, long stamp) {
    long start = accesses.start(place);
    long end = accesses.end(place);
    if (start == end) {
      return;
    }
    int index = firstEndingAfter(start);
    boolean writes = accesses.writes(place);
    if (index < size && starts[index] == start && ends[index] == end) {
      noteAt(index, writes, stamp);
    } else if (index == size || starts[index] >= end) {
      open(index, index);
      set(index, start, end);
      writeStamps[index] = writes ? stamp : NEVER;
      readStamps[index] = writes ? NEVER : stamp;
    } else if (writes) {
      write(start, end, stamp);
    } else {
      read(start, end, stamp);
    }
  }

  /** Notes an access to just the range of a segment, which most are. */
  private void noteAt(int index, boolean writes, long stamp) {
    if (writes) {
      writeStamps[index] = stamp;
      readStamps[index] = NEVER;
    } else {
      readStamps[index] = Math.max(readStamps[index], stamp);
    }
  }

  /** Returns the highest stamp of a write to any address of a range, or {@link #NEVER}. */
  private long lastWrite(long start, long end) {
    long stamp = NEVER;
    for (int i = firstEndingAfter(start); i < size && starts[i] < end; i++) {
      stamp = Math.max(stamp, writeStamps[i]);
    }
    return stamp;
  }

  /** Returns the highest stamp of any access to any address of a range, or {@link #NEVER}. */
  private long lastAccess(long start, long end) {
    long stamp = NEVER;
    for (int i = firstEndingAfter(start); i < size && starts[i] < end; i++) {
      stamp = Math.max(stamp, Math.max(writeStamps[i], readStamps[i]));
    }
    return stamp;
  }

  private void write(long start, long end, long stamp) {
    split(start);
    split(end);
    int from = firstEndingAfter(start);
    int to = from;
    while (to < size && starts[to] < end) {
      to++;
    }
    open(from, to);
    set(from, start, end);
    writeStamps[from] = stamp;
    readStamps[from] = NEVER;
  }

  private void read(long start, long end, long stamp) {
    split(start);
    split(end);
    long position = start;
    int index = firstEndingAfter(start);
    while (position < end) {
      if (index == size || starts[index] > position) {
        long gapEnd = index == size ? end : Math.min(end, starts[index]);
        open(index, index);
        set(index, position, gapEnd);
        writeStamps[index] = NEVER;
        readStamps[index] = stamp;
      } else {
        readStamps[index] = Math.max(readStamps[index], stamp);
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
    writeStamps[index] = writeStamps[index + 1];
    readStamps[index] = readStamps[index + 1];
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
      writeStamps = Arrays.copyOf(writeStamps, size * 2);
      readStamps = Arrays.copyOf(readStamps, size * 2);
    }
    int moved = size - to;
    System.arraycopy(starts, to, starts, from + 1, moved);
    System.arraycopy(ends, to, ends, from + 1, moved);
    System.arraycopy(writeStamps, to, writeStamps, from + 1, moved);
    System.arraycopy(readStamps, to, readStamps, from + 1, moved);
    size = from + 1 + moved;
  }

  private int firstEndingAfter(long address) {
    for (int i = cursor; i <= cursor + 2 && i <= size; i++) {
      if ((i == 0 || ends[i - 1] <= address) && (i == size || ends[i] > address)) {
        cursor = i;
        return i;
      }
    }
    cursor = search(address);
    return cursor;
  }

  private int search(long address) {
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

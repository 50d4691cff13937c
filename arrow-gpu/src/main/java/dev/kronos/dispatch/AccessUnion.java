// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Joins declared accesses to the largest ranges in which all may be read, all may be written, and
 * all may be read and written at once: three lists of ranges that neither overlap nor touch, one
 * list after the other, each by start. Used by one thread: ranges are added, then it is sealed and
 * read.
 */
final class AccessUnion {

  static final int READ = 1;
  static final int WRITE = 2;
  static final int BOTH = 3;

  /** No more ranges come of each that is added: one to read, one to write, and where both meet. */
  static final int MOST_RANGES = 4;

  private record Range(long start, long end, int mode) {}

  private final List<Range> added = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();

  /** Adds a range; its mode is a sum of {@link #READ} and {@link #WRITE}, or 0. */
  void add(long start, long end, int mode) {
    if (start < end) {
      added.add(new Range(start, end, mode));
    }
  }

  /** Joins what was added. */
  AccessUnion seal() {
    List<Range> reads = joined(READ);
    List<Range> writes = joined(WRITE);
    ranges.addAll(reads);
    ranges.addAll(writes);
    for (Range read : reads) {
      for (Range write : writes) {
        long start = Math.max(read.start, write.start);
        long end = Math.min(read.end, write.end);
        if (start < end) {
          ranges.add(new Range(start, end, BOTH));
        }
      }
    }
    return this;
  }

  private List<Range> joined(int mode) {
    List<Range> joined = new ArrayList<>();
    added.stream()
        .filter(each -> (each.mode & mode) != 0)
        .sorted(Comparator.comparingLong(Range::start))
        .forEach(
            each -> {
              int last = joined.size() - 1;
              if (last >= 0 && each.start <= joined.get(last).end) {
                long end = Math.max(joined.get(last).end, each.end);
                joined.set(last, new Range(joined.get(last).start, end, mode));
              } else {
                joined.add(new Range(each.start, each.end, mode));
              }
            });
    return joined;
  }

  int size() {
    return ranges.size();
  }

  long start(int index) {
    return ranges.get(index).start;
  }

  long end(int index) {
    return ranges.get(index).end;
  }

  int mode(int index) {
    return ranges.get(index).mode;
  }
}

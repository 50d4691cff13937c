// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

/**
 * Knows which bytes of device memory were read and written since the last barrier and tells whether
 * further work conflicts with them: a read after a write, a write after a read, or a write after a
 * write. Reads never conflict with reads.
 *
 * <p>A stream asks {@link #conflicts} before it records work, puts a barrier and calls {@link
 * #clear} when there is a conflict, and then calls {@link #record}. Ranges are device addresses, so
 * buffers that share memory are seen. Not thread-safe; makes no garbage in steady state.
 */
public final class HazardTracker {
  private final RangeSet read = new RangeSet();
  private final RangeSet written = new RangeSet();

  /** Creates a tracker that knows of no work. */
  public HazardTracker() {}

  /** Returns whether work with these accesses needs a barrier between it and what was recorded. */
  boolean conflicts(AccessColumns accesses, int from, int to) {
    if (read.size() == 0 && written.size() == 0) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (conflicts(accesses, i)) {
        return true;
      }
    }
    return false;
  }

  private boolean conflicts(AccessColumns accesses, int place) {
    long start = accesses.start(place);
    long end = accesses.end(place);
    return start != end
        && (written.overlaps(start, end) || (accesses.writes(place) && read.overlaps(start, end)));
  }

  /** Notes that work with these accesses was recorded. */
  void record(AccessColumns accesses, int from, int to) {
    for (int i = from; i < to; i++) {
      RangeSet touched = accesses.writes(i) ? written : read;
      touched.add(accesses.start(i), accesses.end(i));
    }
  }

  /** Notes that a barrier was recorded: nothing before it conflicts any more. */
  public void clear() {
    read.clear();
    written.clear();
  }

  /** Returns how many separate ranges are remembered; for diagnosis. */
  public int rangeCount() {
    return read.size() + written.size();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import java.util.List;

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
  public boolean conflicts(List<Access> accesses) {
    for (int i = 0; i < accesses.size(); i++) {
      if (conflicts(accesses.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether one access needs a barrier between it and what was recorded. */
  public boolean conflicts(Access access) {
    if (access.sizeBytes() == 0) {
      return false;
    }
    long start = access.start();
    long end = start + access.sizeBytes();
    return written.overlaps(start, end) || (access.mode().writes() && read.overlaps(start, end));
  }

  /** Notes that work with these accesses was recorded. */
  public void record(List<Access> accesses) {
    for (int i = 0; i < accesses.size(); i++) {
      record(accesses.get(i));
    }
  }

  /** Notes that work with one access was recorded. */
  public void record(Access access) {
    long start = access.start();
    long end = start + access.sizeBytes();
    if (access.mode().writes()) {
      written.add(start, end);
    } else {
      read.add(start, end);
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

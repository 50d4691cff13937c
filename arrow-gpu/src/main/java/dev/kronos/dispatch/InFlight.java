// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

/**
 * Knows what the work in flight on one queue reads and writes, and at which timeline values, so
 * that another queue can wait for just what it conflicts with. Not thread-safe; makes no garbage in
 * steady state.
 */
final class InFlight {

  /** Ranges remembered before they are forgotten for one value: bounds the time of a lookup. */
  private static final int MAX_RANGES = 4096;

  private final AccessMap map = new AccessMap();
  private long floor;
  private long last;

  /** Creates an empty set, before which everything up to a timeline value may conflict. */
  InFlight(long floor) {
    this.floor = floor;
    this.last = floor;
  }

  /** Forgets the work, if all of it is done by a timeline value that the host has seen. */
  void done(long reached) {
    if (reached >= last) {
      map.clear();
    }
  }

  /** Notes work that is done at a timeline value above every earlier one. */
  void record(AccessColumns accesses, long value) {
    if (map.size() > MAX_RANGES) {
      floor = last;
      map.clear();
    }
    last = value;
    for (int i = 0; i < accesses.size(); i++) {
      map.note(accesses, i, value);
    }
  }

  /** Returns the timeline value after which work with these accesses may start; 0 for at once. */
  long after(AccessColumns accesses) {
    long value = floor;
    for (int i = 0; i < accesses.size(); i++) {
      value = Math.max(value, map.lastConflict(accesses, i));
    }
    return value;
  }
}

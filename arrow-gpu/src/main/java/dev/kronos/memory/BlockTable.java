// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import java.util.Arrays;

/**
 * Holds the blocks of {@link FreeLists} as columns of ints: their place, their physical neighbours
 * and, while free, their neighbours in a list. Unused entries form a chain of their own, so that
 * blocks come and go without garbage.
 */
final class BlockTable {
  private static final int NONE = FreeLists.NONE;
  private static final int FIRST_CAPACITY = 64;

  private int[] region = new int[FIRST_CAPACITY];
  private int[] offset = new int[FIRST_CAPACITY];
  private int[] granules = new int[FIRST_CAPACITY];
  private int[] previous = new int[FIRST_CAPACITY];
  private int[] next = new int[FIRST_CAPACITY];
  private int[] listPrevious = new int[FIRST_CAPACITY];
  private int[] listNext = new int[FIRST_CAPACITY];
  private boolean[] free = new boolean[FIRST_CAPACITY];
  private int unused = NONE;
  private int taken;

  /** Returns the index of an entry that nothing uses. */
  int take() {
    if (unused != NONE) {
      int block = unused;
      unused = listNext[block];
      return block;
    }
    if (taken == region.length) {
      grow(taken * 2);
    }
    return taken++;
  }

  void giveBack(int block) {
    listNext[block] = unused;
    unused = block;
  }

  /** Makes an entry a used block without neighbours. */
  void place(int block, int newRegion, int newOffset, int newGranules) {
    region[block] = newRegion;
    offset[block] = newOffset;
    granules[block] = newGranules;
    previous[block] = NONE;
    next[block] = NONE;
    free[block] = false;
  }

  /** Cuts a used block after some granules; returns the new, used block that follows it. */
  int split(int block, int keptGranules) {
    int rest = take();
    place(rest, region[block], offset[block] + keptGranules, granules[block] - keptGranules);
    granules[block] = keptGranules;
    int after = next[block];
    previous[rest] = block;
    next[rest] = after;
    next[block] = rest;
    if (after != NONE) {
      previous[after] = rest;
    }
    return rest;
  }

  /** Joins a block with the one that follows it, whose entry becomes unused. */
  void absorbNext(int block) {
    int absorbed = next[block];
    int after = next[absorbed];
    granules[block] += granules[absorbed];
    next[block] = after;
    if (after != NONE) {
      previous[after] = block;
    }
    giveBack(absorbed);
  }

  /** Marks a block free and puts it before the head of a list. */
  void enlist(int block, int head) {
    free[block] = true;
    listPrevious[block] = NONE;
    listNext[block] = head;
    if (head != NONE) {
      listPrevious[head] = block;
    }
  }

  /** Marks a block used and takes it out of its list. */
  void delist(int block) {
    free[block] = false;
    int before = listPrevious[block];
    int after = listNext[block];
    if (before != NONE) {
      listNext[before] = after;
    }
    if (after != NONE) {
      listPrevious[after] = before;
    }
  }

  int region(int block) {
    return region[block];
  }

  int offset(int block) {
    return offset[block];
  }

  int granules(int block) {
    return granules[block];
  }

  int previous(int block) {
    return previous[block];
  }

  int next(int block) {
    return next[block];
  }

  int nextInList(int block) {
    return listNext[block];
  }

  boolean free(int block) {
    return free[block];
  }

  private void grow(int capacity) {
    region = Arrays.copyOf(region, capacity);
    offset = Arrays.copyOf(offset, capacity);
    granules = Arrays.copyOf(granules, capacity);
    previous = Arrays.copyOf(previous, capacity);
    next = Arrays.copyOf(next, capacity);
    listPrevious = Arrays.copyOf(listPrevious, capacity);
    listNext = Arrays.copyOf(listNext, capacity);
    free = Arrays.copyOf(free, capacity);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import java.util.Arrays;
import java.util.List;

/**
 * Computes the dependency level of each piece of work of a batch: the number of pieces on the
 * longest chain of conflicts that leads to it. Work of one level is independent, so recording level
 * by level with one barrier between keeps every order that matters, with the fewest barriers: the
 * number of levels less one.
 *
 * <p>Add work in program order, then record it in the order of {@link #order}. Not thread-safe; an
 * instance can be cleared and used again without garbage.
 */
public final class DependencyLevels {
  private final AccessMap map = new AccessMap();
  private int[] levels = new int[64];
  private int[] levelSizes = new int[64];
  private int size;
  private int levelCount;

  /** Creates an empty batch. */
  public DependencyLevels() {}

  /** Returns the levels of a whole batch given in program order. */
  public static DependencyLevels of(List<List<Access>> program) {
    DependencyLevels result = new DependencyLevels();
    program.forEach(accesses -> result.add(AccessColumns.of(accesses), 0, accesses.size()));
    return result;
  }

  /**
   * Adds the next piece of work.
   *
   * @param accesses holds all it reads and writes, from a place up to but not including another
   * @return its level, 0 or more
   */
  int add(AccessColumns accesses, int from, int to) {
    int level = levelOf(accesses, from, to);
    for (int i = from; i < to; i++) {
      map.note(accesses, i, level);
    }
    append(level);
    return level;
  }

  /** Forgets all work. */
  public void clear() {
    map.clear();
    Arrays.fill(levelSizes, 0, levelCount, 0);
    size = 0;
    levelCount = 0;
  }

  /** Returns how many pieces of work were added. */
  public int size() {
    return size;
  }

  /** Returns how many levels there are; 0 for an empty batch. */
  public int levelCount() {
    return levelCount;
  }

  /** Returns the least number of barriers inside the batch that keeps it right. */
  public int leastBarriers() {
    return Math.max(0, levelCount - 1);
  }

  /** Returns the level of a piece of work by its place in program order. */
  public int level(int index) {
    return levels[index];
  }

  /** Returns the places in program order, sorted by level and by place within a level. */
  public int[] order() {
    int[] order = new int[size];
    order(order);
    return order;
  }

  /** Writes {@link #order} to an array of at least {@link #size} elements. */
  public void order(int[] target) {
    int next = 0;
    for (int level = 0; level < levelCount; level++) {
      int count = levelSizes[level];
      levelSizes[level] = next;
      next += count;
    }
    for (int i = 0; i < size; i++) {
      target[levelSizes[levels[i]]++] = i;
    }
    for (int level = levelCount - 1; level > 0; level--) {
      levelSizes[level] -= levelSizes[level - 1];
    }
  }

  private int levelOf(AccessColumns accesses, int from, int to) {
    long below = AccessMap.NEVER;
    for (int i = from; i < to; i++) {
      below = Math.max(below, map.lastConflict(accesses, i));
    }
    return Math.toIntExact(below + 1);
  }

  private void append(int level) {
    if (size == levels.length) {
      levels = Arrays.copyOf(levels, size * 2);
    }
    if (level == levelSizes.length) {
      levelSizes = Arrays.copyOf(levelSizes, level * 2);
    }
    levels[size++] = level;
    levelSizes[level]++;
    levelCount = Math.max(levelCount, level + 1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/**
 * Keeps the free ranges of any number of regions in two-level segregated lists, so that allocating
 * and freeing take constant time however many blocks live (after M. Masmano, I. Ripoll, A. Crespo
 * and J. Real, "TLSF: a new dynamic memory allocator for real-time systems", ECRTS 2004).
 *
 * <p>The first level of lists goes by powers of two and the second cuts each into {@value
 * SizeClasses#SUBDIVISIONS} equal steps. Lengths count granules; what a granule is does not matter
 * here. Neighbouring free ranges are always one block. A region's first block keeps its index for
 * life. Not thread-safe; makes no garbage but for growing its tables.
 */
final class FreeLists {
  static final int NONE = -1;

  /** Blocks looked at in a list that may hold some that are too short; bounds the search. */
  private static final int SEARCH_LIMIT = 8;

  private final BlockTable blocks = new BlockTable();
  private final int[] heads = SizeClasses.emptyHeads();
  private final int[] secondLevel = new int[SizeClasses.FIRST_LEVELS];
  private int firstLevel;
  private long freeGranules;
  private int usedBlocks;
  private long blocksLookedAt;

  /**
   * Adds a region that is free as a whole.
   *
   * @param region a number of the caller's that its blocks will carry
   * @param granules its length, positive
   * @return the index of its first block
   */
  int addRegion(int region, int granules) {
    int block = blocks.take();
    blocks.place(block, region, 0, granules);
    insert(block);
    return block;
  }

  /** Returns whether nothing is allocated in the region whose first block this is. */
  boolean isRegionFree(int firstBlock) {
    return blocks.free(firstBlock) && blocks.next(firstBlock) == NONE;
  }

  /** Forgets a region that {@link #isRegionFree}. */
  void removeRegion(int firstBlock) {
    if (!isRegionFree(firstBlock)) {
      throw new IllegalStateException("region is in use: firstBlock=" + firstBlock);
    }
    remove(firstBlock);
    blocks.giveBack(firstBlock);
  }

  /**
   * Allocates a block.
   *
   * @param granules its length, positive
   * @param alignment a power of two that its offset in its region must divide by
   * @return the index of the block, or {@link #NONE} when nothing fits
   */
  int allocate(int granules, int alignment) {
    int block = findRoomy(granules + (long) alignment - 1);
    if (block == NONE) {
      block = findExact(granules, alignment);
    }
    return block == NONE ? NONE : carve(block, granules, alignment);
  }

  /** Frees a block and joins it with its free neighbours. */
  void free(int block) {
    usedBlocks--;
    int merged = block;
    int previous = blocks.previous(block);
    if (previous != NONE && blocks.free(previous)) {
      remove(previous);
      blocks.absorbNext(previous);
      merged = previous;
    }
    int next = blocks.next(merged);
    if (next != NONE && blocks.free(next)) {
      remove(next);
      blocks.absorbNext(merged);
    }
    insert(merged);
  }

  int region(int block) {
    return blocks.region(block);
  }

  int offset(int block) {
    return blocks.offset(block);
  }

  int granules(int block) {
    return blocks.granules(block);
  }

  int next(int block) {
    return blocks.next(block);
  }

  boolean isFree(int block) {
    return blocks.free(block);
  }

  long freeGranules() {
    return freeGranules;
  }

  int usedBlocks() {
    return usedBlocks;
  }

  /** Returns how many blocks were looked at in lists that may hold some that are too short. */
  long blocksLookedAt() {
    return blocksLookedAt;
  }

  /** Finds a block of a list in which every block is long enough; constant time. */
  private int findRoomy(long granules) {
    if (granules > SizeClasses.MAX_GRANULES) {
      return NONE;
    }
    int wanted = SizeClasses.roundedUp((int) granules);
    int first = wanted / SizeClasses.SUBDIVISIONS;
    if (first >= SizeClasses.FIRST_LEVELS) {
      return NONE;
    }
    int second = secondLevel[first] & (-1 << (wanted % SizeClasses.SUBDIVISIONS));
    if (second == 0) {
      int above = firstLevel & (int) (-1L << (first + 1));
      if (above == 0) {
        return NONE;
      }
      first = Integer.numberOfTrailingZeros(above);
      second = secondLevel[first];
    }
    return heads[first * SizeClasses.SUBDIVISIONS + Integer.numberOfTrailingZeros(second)];
  }

  /** Looks through the few lists whose blocks may just fit; a bounded number of steps. */
  private int findExact(int granules, int alignment) {
    int last =
        SizeClasses.roundedUp(
            (int) Math.min((long) granules + alignment - 1, SizeClasses.MAX_GRANULES));
    for (int list = SizeClasses.of(granules); list <= last && list < heads.length; list++) {
      int block = heads[list];
      for (int i = 0; i < SEARCH_LIMIT && block != NONE; i++) {
        blocksLookedAt++;
        if (fits(block, granules, alignment)) {
          return block;
        }
        block = blocks.nextInList(block);
      }
    }
    return NONE;
  }

  private boolean fits(int block, int granules, int alignment) {
    return padding(block, alignment) + (long) granules <= blocks.granules(block);
  }

  private int padding(int block, int alignment) {
    return -blocks.offset(block) & (alignment - 1);
  }

  private int carve(int found, int granules, int alignment) {
    int block = found;
    remove(block);
    int padding = padding(block, alignment);
    if (padding > 0) {
      int rest = blocks.split(block, padding);
      insert(block);
      block = rest;
    }
    if (blocks.granules(block) > granules) {
      insert(blocks.split(block, granules));
    }
    usedBlocks++;
    return block;
  }

  private void insert(int block) {
    int list = SizeClasses.of(blocks.granules(block));
    blocks.enlist(block, heads[list]);
    heads[list] = block;
    int first = list / SizeClasses.SUBDIVISIONS;
    secondLevel[first] |= 1 << (list % SizeClasses.SUBDIVISIONS);
    firstLevel |= 1 << first;
    freeGranules += blocks.granules(block);
  }

  private void remove(int block) {
    int list = SizeClasses.of(blocks.granules(block));
    int next = blocks.nextInList(block);
    boolean head = heads[list] == block;
    blocks.delist(block);
    freeGranules -= blocks.granules(block);
    if (head) {
      heads[list] = next;
      if (next == NONE) {
        clear(list);
      }
    }
  }

  private void clear(int list) {
    int first = list / SizeClasses.SUBDIVISIONS;
    secondLevel[first] &= ~(1 << (list % SizeClasses.SUBDIVISIONS));
    if (secondLevel[first] == 0) {
      firstLevel &= ~(1 << first);
    }
  }
}

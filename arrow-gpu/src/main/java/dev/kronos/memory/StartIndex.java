// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/**
 * Finds the buffer that covers a granule of a slab: a tree of 64-bit words that marks where buffers
 * start (the predecessor of a granule takes at most six words) and the buffers themselves in pages
 * that come into being where buffers start. Not thread-safe.
 */
final class StartIndex {
  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

  private final long[][] levels;
  private final DeviceBuffer[][] pages;

  /** Creates an index over this many granules, positive. */
  StartIndex(int granules) {
    int depth = 1;
    for (long reach = 64; reach < granules; reach *= 64) {
      depth++;
    }
    levels = new long[depth][];
    long words = granules;
    for (int level = 0; level < depth; level++) {
      words = (words + 63) / 64;
      levels[level] = new long[(int) words];
    }
    pages = new DeviceBuffer[(granules >>> PAGE_BITS) + 1][];
  }

  void put(int granule, DeviceBuffer buffer) {
    int page = granule >>> PAGE_BITS;
    if (pages[page] == null) {
      pages[page] = new DeviceBuffer[PAGE_MASK + 1];
    }
    pages[page][granule & PAGE_MASK] = buffer;
    int bit = granule;
    for (long[] level : levels) {
      level[bit >>> 6] |= 1L << bit;
      bit >>>= 6;
    }
  }

  void remove(int granule) {
    pages[granule >>> PAGE_BITS][granule & PAGE_MASK] = null;
    int bit = granule;
    for (long[] level : levels) {
      level[bit >>> 6] &= ~(1L << bit);
      if (level[bit >>> 6] != 0) {
        return;
      }
      bit >>>= 6;
    }
  }

  /** Returns the buffer that starts at a granule or nearest before it, or null. */
  DeviceBuffer floor(int granule) {
    int bit = granule;
    long mask = -1L >>> (63 - (bit & 63));
    for (int level = 0; level < levels.length; level++) {
      long word = levels[level][bit >>> 6] & mask;
      if (word != 0) {
        return descend(level, (bit >>> 6 << 6) + 63 - Long.numberOfLeadingZeros(word));
      }
      bit >>>= 6;
      mask = (1L << bit) - 1;
    }
    return null;
  }

  private DeviceBuffer descend(int fromLevel, int fromBit) {
    int bit = fromBit;
    for (int level = fromLevel - 1; level >= 0; level--) {
      bit = (bit << 6) + 63 - Long.numberOfLeadingZeros(levels[level][bit]);
    }
    return pages[bit >>> PAGE_BITS][bit & PAGE_MASK];
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import dev.kronos.column.Storage;
import org.apache.spark.unsafe.Platform;

/**
 * Packs integers of one column into the fewest of 1, 2, 4, 8 or 16 bytes that hold every one of
 * them, little-endian with their sign: null suppression by whole bytes (Westmann, Kossmann, Helmer
 * and Moerkotte, "The implementation and performance of compressed databases", 2000). A decimal of
 * 16 bytes mostly needs 4. What is packed need not be compressed, checksummed, written and read.
 *
 * <p>Works on chunks that stay in the processor's first cache. Not thread-safe.
 */
final class PackedIntegers {
  private static final int CHUNK = 1024;

  private final long[] chunk = new long[CHUNK];

  /** Tells whether columns that lie so are packed: integers of more than a byte. */
  static boolean packs(Storage storage) {
    return switch (storage) {
      case INT16, INT32, INT64, INT128 -> true;
      case BITS, INT8, FLOAT32, FLOAT64, UTF8 -> false;
    };
  }

  /**
   * Says where integers lie one behind the other.
   *
   * @param base an array, or null for memory
   * @param offset where the first one lies: in the array by {@code Unsafe}'s count, or its address
   * @param width bytes of each: 1, 2, 4, 8 or 16
   * @param differences whether the integers are those from each to the next, of which one more lies
   *     there; read only
   */
  record Run(Object base, long offset, int width, boolean differences) {

    static Run in(byte[] bytes, int at, int width) {
      return new Run(bytes, Platform.BYTE_ARRAY_OFFSET + (long) at, width, false);
    }

    static Run at(long address, int width) {
      return new Run(null, address, width, false);
    }

    /** Returns the lengths of strings that lie between their offsets. */
    static Run lengths(long offsets) {
      return new Run(null, offsets, Integer.BYTES, true);
    }

    private long place(int index) {
      return offset + (long) width * index;
    }
  }

  /** Returns the bytes that each of {@code count} integers needs. */
  int fewestBytes(Run values, int count) {
    long used = 0;
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      if (values.width() == 2 * Long.BYTES && exceedsLong(values.place(done), size)) {
        return values.width();
      }
      load(values, done, size);
      used |= usedBits(size);
    }
    return fewestBytes(used);
  }

  /** Copies integers that fit the target's width, which may be smaller or larger than their own. */
  void copy(Run from, Run to, int count) {
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      load(from, done, size);
      store(to, done, size);
    }
  }

  /**
   * Adds up lengths of strings and writes where each string ends.
   *
   * @param start where the first string begins
   * @return where the last one ends
   */
  int copyEnds(Run lengths, Run ends, int start, int count) {
    long end = start;
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      load(lengths, done, size);
      for (int i = 0; i < size; i++) {
        end += chunk[i];
        chunk[i] = end;
      }
      store(ends, done, size);
    }
    return Math.toIntExact(end);
  }

  /** Tells whether the high half of any 16-byte integer is more than the sign of its low half. */
  private static boolean exceedsLong(long address, int count) {
    long more = 0;
    for (long i = 0; i < 16L * count; i += 2 * Long.BYTES) {
      long low = Platform.getLong(null, address + i);
      more |= Platform.getLong(null, address + i + Long.BYTES) ^ (low >> 63);
    }
    return more != 0;
  }

  /** Returns the bits that any integer of the chunk uses, its sign left out. */
  private long usedBits(int count) {
    long used = 0;
    for (int i = 0; i < count; i++) {
      used |= chunk[i] ^ (chunk[i] >> 63);
    }
    return used;
  }

  private static int fewestBytes(long used) {
    int bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(used);
    return Math.max(1, Integer.highestOneBit((bits + 7) / 8 * 2 - 1));
  }

  private void loadDifferences(long from, int count) {
    for (int i = 0; i < count; i++) {
      long at = from + (long) Integer.BYTES * i;
      chunk[i] = Platform.getInt(null, at + Integer.BYTES) - (long) Platform.getInt(null, at);
    }
  }

  /**
   * Fills the chunk; of 16-byte integers with their low halves, which says all where it is used.
   */
  private void load(Run run, int first, int count) {
    Object base = run.base();
    long from = run.place(first);
    if (run.differences()) {
      loadDifferences(from, count);
      return;
    }
    switch (run.width()) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          chunk[i] = Platform.getByte(base, from + i);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          chunk[i] = Platform.getShort(base, from + 2L * i);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          chunk[i] = Platform.getInt(base, from + 4L * i);
        }
      }
      case 8 -> Platform.copyMemory(base, from, chunk, Platform.LONG_ARRAY_OFFSET, 8L * count);
      case 16 -> {
        for (int i = 0; i < count; i++) {
          chunk[i] = Platform.getLong(base, from + 16L * i);
        }
      }
      default -> throw new IllegalArgumentException("no such width: width=" + run.width());
    }
  }

  private void store(Run run, int first, int count) {
    Object base = run.base();
    long to = run.place(first);
    switch (run.width()) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          Platform.putByte(base, to + i, (byte) chunk[i]);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          Platform.putShort(base, to + 2L * i, (short) chunk[i]);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          Platform.putInt(base, to + 4L * i, (int) chunk[i]);
        }
      }
      case 8 -> Platform.copyMemory(chunk, Platform.LONG_ARRAY_OFFSET, base, to, 8L * count);
      case 16 -> {
        for (int i = 0; i < count; i++) {
          Platform.putLong(base, to + 16L * i, chunk[i]);
          Platform.putLong(base, to + 16L * i + Long.BYTES, chunk[i] >> 63);
        }
      }
      default -> throw new IllegalArgumentException("no such width: width=" + run.width());
    }
  }
}

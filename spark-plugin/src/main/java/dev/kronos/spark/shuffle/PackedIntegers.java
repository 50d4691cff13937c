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

  /** Returns the bytes that each of {@code count} integers of {@code width} bytes needs. */
  int fewestBytes(long address, int width, int count) {
    long used = 0;
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      long from = address + (long) width * done;
      if (width == 2 * Long.BYTES && exceedsLong(from, size)) {
        return width;
      }
      load(null, from, width, size);
      used |= usedBits(size);
    }
    return fewestBytes(used);
  }

  /** Returns the bytes that each length of {@code count} strings needs. */
  int fewestBytesOfLengths(long offsets, int count) {
    long used = 0;
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      loadLengths(offsets + (long) Integer.BYTES * done, size);
      used |= usedBits(size);
    }
    return fewestBytes(used);
  }

  /** Copies integers from memory to an array, {@code packed} bytes each. */
  void pack(long address, int width, int count, byte[] target, int at, int packed) {
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      load(null, address + (long) width * done, width, size);
      store(target, offset(at, packed, done), packed, size);
    }
  }

  /** Copies lengths of strings, which lie between their offsets, to an array. */
  void packLengths(long offsets, int count, byte[] target, int at, int packed) {
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      loadLengths(offsets + (long) Integer.BYTES * done, size);
      store(target, offset(at, packed, done), packed, size);
    }
  }

  /** Copies integers of {@code packed} bytes from an array to memory, {@code width} bytes each. */
  void unpack(byte[] source, int at, int packed, int count, long address, int width) {
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      load(source, offset(at, packed, done), packed, size);
      store(null, address + (long) width * done, width, size);
    }
  }

  /**
   * Adds up lengths of strings from an array and writes where each string ends.
   *
   * @param address where the first end goes
   * @param start where the first string begins
   * @return where the last one ends
   */
  int unpackEnds(byte[] source, int at, int packed, int count, long address, int start) {
    long end = start;
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      load(source, offset(at, packed, done), packed, size);
      for (int i = 0; i < size; i++) {
        end += chunk[i];
        chunk[i] = end;
      }
      store(null, address + (long) Integer.BYTES * done, Integer.BYTES, size);
    }
    return Math.toIntExact(end);
  }

  private static long offset(int at, int width, int index) {
    return Platform.BYTE_ARRAY_OFFSET + at + (long) width * index;
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

  private void loadLengths(long offsets, int count) {
    for (int i = 0; i < count; i++) {
      long at = offsets + (long) Integer.BYTES * i;
      chunk[i] = Platform.getInt(null, at + Integer.BYTES) - (long) Platform.getInt(null, at);
    }
  }

  /**
   * Fills the chunk; of 16-byte integers with their low halves, which says all where it is used.
   */
  private void load(Object base, long from, int width, int count) {
    switch (width) {
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
      default -> throw new IllegalArgumentException("no such width: width=" + width);
    }
  }

  private void store(Object base, long to, int width, int count) {
    switch (width) {
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
      default -> throw new IllegalArgumentException("no such width: width=" + width);
    }
  }
}

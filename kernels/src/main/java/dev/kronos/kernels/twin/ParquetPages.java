// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.util.Arrays;

/**
 * Decodes pages of Parquet as the kernels {@code parquet/*} do. Encodings are those of the Parquet
 * format's Encodings.md; a run is four integers, as {@code parquet_runs.glsl} draws it.
 */
public final class ParquetPages {
  /** Integers of a run. */
  public static final int RUN_INTS = 4;

  /** Form of a run of one value. */
  public static final int REPEATED = 0;

  /** Form of a run of packed values. */
  public static final int PACKED = 1;

  /** Form of a run of values that ascend by one. */
  public static final int COUNTED = 2;

  /** Damage: the page ends inside of a run. */
  public static final int RUN_ENDS_EARLY = 5;

  /** Damage: a run's header has more than 32 bits. */
  public static final int RUN_LENGTH = 6;

  /** Damage: ids have more than 32 bits. */
  public static final int WIDTH = 7;

  /** Damage: strings have another length than the page. */
  public static final int LENGTHS = 8;

  private static final int MOST_HEADER_BYTES = 5;

  private ParquetPages() {}

  /**
   * Returns the value at a position.
   *
   * @param runs the table of runs, the first of which begins at 0
   * @param bytes what packed runs point into
   * @param position 0 or more
   */
  public static int valueAt(int[] runs, byte[] bytes, int position) {
    int run = 0;
    while (run + RUN_INTS < runs.length && runs[run + RUN_INTS] <= position) {
      run += RUN_INTS;
    }
    int place = position - runs[run];
    int width = runs[run + 1] >>> 8;
    return switch (runs[run + 1] & 255) {
      case COUNTED -> runs[run + 2] + place;
      case PACKED -> unpacked(bytes, runs[run + 3] * 8L + (long) place * width, width);
      default -> runs[run + 2];
    };
  }

  private static int unpacked(byte[] bytes, long firstBit, int width) {
    int value = 0;
    for (int i = 0; i < width; i++) {
      long bit = firstBit + i;
      value |= (bytes[(int) (bit >> 3)] >> (bit & 7) & 1) << i;
    }
    return value;
  }

  /** Returns for each row whether its level is above 0, that is, whether it has a value. */
  public static boolean[] present(int[] runs, byte[] bytes, int rows) {
    boolean[] present = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      present[row] = valueAt(runs, bytes, row) != 0;
    }
    return present;
  }

  /**
   * Returns the entry that each row has; 0 where it has none.
   *
   * @param present which rows have a value
   * @param runs the table of runs over the values of rows that have one
   * @param bytes what packed runs point into
   */
  public static int[] ids(boolean[] present, int[] runs, byte[] bytes) {
    int[] ids = new int[present.length];
    int position = 0;
    for (int row = 0; row < present.length; row++) {
      if (present[row]) {
        ids[row] = valueAt(runs, bytes, position++);
      }
    }
    return ids;
  }

  /**
   * Returns characters without the lengths before them.
   *
   * @param source for each string four bytes of length and the characters
   * @param offsets where each string starts among characters alone, and the end
   */
  public static byte[] characters(byte[] source, int[] offsets) {
    int strings = offsets.length - 1;
    byte[] target = new byte[offsets[strings]];
    for (int i = 0; i < strings; i++) {
      int from = offsets[i] + Integer.BYTES * (i + 1);
      byte[] text = Arrays.copyOfRange(source, from, from + offsets[i + 1] - offsets[i]);
      System.arraycopy(text, 0, target, offsets[i], text.length);
    }
    return target;
  }

  /**
   * Expands dictionary ids: one byte that tells their width, then runs.
   *
   * @param page what the ids are in, to its end
   * @param start the byte that tells the width
   * @param ids takes the ids, all of them; not defined where the page is damaged
   * @return what is wrong with the page, as {@code compressed_page.glsl} says; 0 for nothing
   */
  public static int expand(byte[] page, int start, int[] ids) {
    if (start >= page.length) {
      return RUN_ENDS_EARLY;
    }
    int width = page[start] & 255;
    int at = start + 1;
    int done = 0;
    while (width <= Integer.SIZE && done < ids.length) {
      int bytes = headerBytes(page, at);
      if (bytes <= 0) {
        return bytes == 0 ? RUN_ENDS_EARLY : RUN_LENGTH;
      }
      int header = header(page, at, bytes);
      at += bytes;
      long values = (header >>> 1) * ((header & 1) == 0 ? 1L : 8L);
      int taken = (int) Math.min(values, ids.length - done);
      boolean packed = (header & 1) != 0;
      long needed = packed ? ((long) taken * width + 7) / 8 : (width + 7) / 8;
      if (needed > page.length - at) {
        return RUN_ENDS_EARLY;
      }
      for (int i = 0; i < taken; i++) {
        int repeated = packed ? 0 : unpacked(page, at * 8L, (width + 7) / 8 * 8);
        ids[done++] = packed ? unpacked(page, at * 8L + (long) i * width, width) : repeated;
      }
      at = (int) Math.min(page.length, at + (packed ? values / 8 * width : needed));
    }
    return width > Integer.SIZE ? WIDTH : 0;
  }

  /** Returns the bytes of a run's header; 0 where the page ends in it, -1 where it does not end. */
  private static int headerBytes(byte[] page, int at) {
    for (int i = 0; i < MOST_HEADER_BYTES; i++) {
      if (at + i >= page.length) {
        return 0;
      }
      if (page[at + i] >= 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int header(byte[] page, int at, int bytes) {
    int header = 0;
    for (int i = 0; i < bytes; i++) {
      header |= (page[at + i] & 127) << (7 * i);
    }
    return header;
  }

  /**
   * Finds where strings end that lie with their lengths before them.
   *
   * @param page the strings, to its end
   * @param ends takes where each ends among characters alone; behind damage, the end of all
   * @return what is wrong with the page, 0 for nothing
   */
  public static int stringEnds(byte[] page, int[] ends) {
    int characters = page.length - Integer.BYTES * ends.length;
    int end = 0;
    int damage = 0;
    for (int i = 0; i < ends.length; i++) {
      if (damage == 0) {
        long size = Integer.toUnsignedLong(unpacked(page, 8L * (end + 4 * i), Integer.SIZE));
        damage = size > characters - end ? LENGTHS : 0;
        end = damage == 0 ? end + (int) size : characters;
      }
      ends[i] = end;
    }
    return damage == 0 && end < characters ? LENGTHS : damage;
  }
}

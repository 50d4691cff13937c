// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import org.apache.spark.unsafe.Platform;

/** Copies ranges of bits, least significant bit of a byte first, from and to any bit. */
final class BitRanges {
  private BitRanges() {}

  /** Returns how many bytes hold so many bits. */
  static int sizeBytes(int bits) {
    return (bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /**
   * Copies bits out of memory to where an array's byte begins.
   *
   * @param source address of the first bit's array of bits
   * @param from which bit is the first, 0 or more
   * @param target where they go; bits behind them in their last byte become 0
   * @param offset index of the first byte written
   * @param count how many bits
   */
  static void extract(long source, int from, byte[] target, int offset, int count) {
    int shift = from & 7;
    long at = source + (from >> 3);
    long last = source + ((from + count - 1) >> 3);
    for (int left = count, i = offset; left > 0; left -= Byte.SIZE, i++, at++) {
      int bits = (Platform.getByte(null, at) & 0xFF) >>> shift;
      if (shift > 0 && at < last) {
        bits |= (Platform.getByte(null, at + 1) & 0xFF) << (Byte.SIZE - shift);
      }
      target[i] = (byte) (left < Byte.SIZE ? bits & ((1 << left) - 1) : bits);
    }
  }

  /**
   * Tells whether any bit of a range is 0.
   *
   * @param source address of an array of bits
   * @param from the first bit of the range, 0 or more
   * @param count how many bits
   */
  static boolean anyClear(long source, int from, int count) {
    int bit = from;
    int end = from + count;
    while (bit < end) {
      if ((bit & 63) == 0 && end - bit >= Long.SIZE) {
        if (Platform.getLong(null, source + (bit >> 3)) != -1L) {
          return true;
        }
        bit += Long.SIZE;
      } else {
        if ((Platform.getByte(null, source + (bit >> 3)) >> (bit & 7) & 1) == 0) {
          return true;
        }
        bit++;
      }
    }
    return false;
  }

  /**
   * Sets those bits of memory that are 1 in an array.
   *
   * @param source the array; bits behind the last one are 0
   * @param offset index of the byte that has the first bit
   * @param target address of an array of bits, 0 from {@code to} on
   * @param to which bit is the first one written
   * @param count how many bits
   */
  static void append(byte[] source, int offset, long target, int to, int count) {
    int shift = to & 7;
    long at = target + (to >> 3);
    for (int i = offset; i < offset + sizeBytes(count); i++, at++) {
      int bits = (source[i] & 0xFF) << shift;
      or(at, bits);
      if (bits >>> Byte.SIZE != 0) {
        or(at + 1, bits >>> Byte.SIZE);
      }
    }
  }

  /** Sets bits of memory. */
  static void set(long target, int to, int count) {
    int bit = to;
    int end = to + count;
    for (; bit < end && (bit & 7) != 0; bit++) {
      or(target + (bit >> 3), 1 << (bit & 7));
    }
    int whole = (end - bit) >> 3;
    if (whole > 0) {
      Platform.setMemory(target + (bit >> 3), (byte) -1, whole);
      bit += whole << 3;
    }
    for (; bit < end; bit++) {
      or(target + (bit >> 3), 1 << (bit & 7));
    }
  }

  private static void or(long address, int bits) {
    Platform.putByte(null, address, (byte) (Platform.getByte(null, address) | bits));
  }
}

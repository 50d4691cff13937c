// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import org.apache.spark.unsafe.Platform;

/** Converts the big-endian bytes of Java's and Parquet's big integers to 16 little-endian bytes. */
final class Int128 {
  /** Bytes of one value. */
  static final int BYTES = 16;

  private Int128() {}

  /** Writes a value held in an array of 1 or more bytes. */
  static void write(byte[] bigEndian, long target) {
    write(bigEndian, Platform.BYTE_ARRAY_OFFSET, bigEndian.length, target);
  }

  /**
   * Writes a value.
   *
   * @param base the object that holds the bytes, or null when {@code source} is an address
   * @param source offset of the most significant byte
   * @param length bytes; beyond 16 only the last 16 count, 0 stands for the number 0
   * @param target address of the 16 bytes written
   */
  static void write(Object base, long source, int length, long target) {
    long high = (length > 0 && Platform.getByte(base, source) < 0) ? -1 : 0;
    long low = high;
    for (int i = Math.max(0, length - BYTES); i < length; i++) {
      high = (high << 8) | (low >>> 56);
      low = (low << 8) | (Platform.getByte(base, source + i) & 0xFFL);
    }
    Platform.putLong(null, target, low);
    Platform.putLong(null, target + 8, high);
  }

  /** Writes a value of at most 64 bits. */
  static void write(long value, long target) {
    Platform.putLong(null, target, value);
    Platform.putLong(null, target + 8, value >> 63);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

/**
 * Says which numbers keys are, and how they are ordered: by {@code key - base} as unsigned numbers,
 * upwards or downwards. Immutable. The fewer bits, the fewer passes.
 *
 * @param base the least key, or what stands for it: the least number of signed keys
 * @param bits how many low bits of {@code key - base} may differ, 0 to the width of the keys
 * @param order which end comes first
 */
public record KeyRange(long base, int bits, SortOrder order) {

  /** Bits of a digit. */
  static final int DIGIT_BITS = 8;

  /** Returns the range of all signed keys of a width. */
  public static KeyRange signed(KeyWidth width, SortOrder order) {
    int bits = width.sizeBytes() * Byte.SIZE;
    return new KeyRange(-1L << (bits - 1), bits, order);
  }

  /**
   * Returns the range, upwards, of unsigned keys whose extremes are known.
   *
   * @param least the least key
   * @param greatest the greatest key; where it is below the least, there are no keys
   */
  public static KeyRange between(long least, long greatest) {
    boolean none = Long.compareUnsigned(least, greatest) > 0;
    int bits = none ? 0 : Long.SIZE - Long.numberOfLeadingZeros(greatest - least);
    return new KeyRange(none ? 0 : least, bits, SortOrder.ASCENDING);
  }

  /** Returns the lowest bit of the highest digit. */
  int topShift() {
    return Math.max(0, bits - DIGIT_BITS);
  }

  /** Returns the highest digit of a key in the range. */
  int topDigit(long key) {
    return (int) (((key - base) ^ flip()) >>> topShift()) & ((1 << DIGIT_BITS) - 1);
  }

  long flip() {
    return order == SortOrder.ASCENDING ? 0 : -1;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

/**
 * Says which numbers keys are, and how they are ordered: by {@code key - base} as unsigned numbers,
 * upwards or downwards. The fewer bits, the fewer passes.
 *
 * @param base the least key, or what stands for it: the least number of signed keys
 * @param bits how many low bits of {@code key - base} may differ, 0 to the width of the keys
 * @param direction upwards or downwards
 */
public record KeyRange(long base, int bits, Direction direction) {

  private static final int DIGIT_BITS = 8;

  /** Tells which end comes first. */
  public enum Direction {
    /** Small keys first. */
    UP,
    /** Large keys first. */
    DOWN
  }

  /** Returns the range of all signed keys of a width. */
  public static KeyRange signed(KeyWidth width, Direction direction) {
    int bits = width.sizeBytes() * Byte.SIZE;
    return new KeyRange(-1L << bits - 1, bits, direction);
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
    return new KeyRange(none ? 0 : least, bits, Direction.UP);
  }

  /** Returns how many digits may differ. */
  int passes() {
    return (bits + DIGIT_BITS - 1) / DIGIT_BITS;
  }

  /** Returns the lowest bit of a pass's digit. */
  int shift(int pass) {
    return pass * DIGIT_BITS;
  }

  long flip() {
    return direction == Direction.UP ? 0 : -1;
  }
}

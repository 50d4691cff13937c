// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/**
 * Does one pass of the radix sort as {@code sort/count} and {@code sort/scatter} do. Keys of 32
 * bits are the low halves of longs whose high halves are zero.
 *
 * @param bits width of the keys, 32 or 64
 * @param base what is taken off each key, modulo 2^bits
 * @param flip bits turned over afterwards
 * @param shift lowest bit of the digit
 */
public record RadixPass(int bits, long base, long flip, int shift) {

  /** Values of a digit. */
  public static final int DIGITS = 256;

  /**
   * Finds the digit of a key.
   *
   * @param key any key
   * @return 0 to 255
   */
  public int digit(long key) {
    long mask = -1L >>> (Long.SIZE - bits);
    return (int) ((((key - base) ^ flip) & mask) >>> shift) & (DIGITS - 1);
  }

  /**
   * Counts digits by stretches of keys.
   *
   * @param keys any keys
   * @param groupElements keys of a stretch, more than 0; the last stretch may be shorter
   * @return all stretches' counts of digit 0, then of digit 1, and so on
   */
  public int[] counts(long[] keys, int groupElements) {
    int groups = (keys.length + groupElements - 1) / groupElements;
    int[] counts = new int[DIGITS * groups];
    for (int i = 0; i < keys.length; i++) {
      counts[digit(keys[i]) * groups + i / groupElements]++;
    }
    return counts;
  }

  /**
   * Orders keys by their digit; keys with the same digit stay in their order.
   *
   * @param keys any keys
   * @return where each key in order stood before
   */
  public int[] order(long... keys) {
    int[] next = Scans.exclusive(counts(keys, Math.max(1, keys.length)));
    int[] order = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      order[next[digit(keys[i])]++] = i;
    }
    return order;
  }
}

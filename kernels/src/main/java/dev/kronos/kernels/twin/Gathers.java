// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.util.Arrays;

/** Takes values by the numbers of their rows as {@code sort/gather} and its kin do. */
public final class Gathers {

  private Gathers() {}

  /**
   * Takes values.
   *
   * @param source any values
   * @param rows which to take, in order
   * @return as many values as rows
   */
  public static long[] values(long[] source, int... rows) {
    return Arrays.stream(rows).mapToLong(row -> source[row]).toArray();
  }

  /**
   * Takes bits, the least significant of a word first.
   *
   * @param source words of 32 bits
   * @param bitOffset where row 0 is
   * @param rows which to take, in order
   * @return words of 32 bits; those behind the last row are 0
   */
  public static int[] bits(int[] source, int bitOffset, int... rows) {
    int[] target = new int[(rows.length + 31) / 32];
    for (int i = 0; i < rows.length; i++) {
      int at = rows[i] + bitOffset;
      target[i / 32] |= ((source[at / 32] >>> (at % 32)) & 1) << (i % 32);
    }
    return target;
  }
}

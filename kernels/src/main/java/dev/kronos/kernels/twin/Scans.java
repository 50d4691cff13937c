// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/** Computes exclusive prefix sums as the {@code scan} kernels do. */
public final class Scans {

  private Scans() {}

  /**
   * Scans unsigned 32-bit elements, modulo 2^32.
   *
   * @param values the elements
   * @return one sum more than elements; the last is the total
   */
  public static int[] exclusive(int... values) {
    int[] sums = new int[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    return sums;
  }

  /**
   * Scans 64-bit elements, modulo 2^64.
   *
   * @param values the elements
   * @return one sum more than elements; the last is the total
   */
  public static long[] exclusive(long... values) {
    long[] sums = new long[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    return sums;
  }
}

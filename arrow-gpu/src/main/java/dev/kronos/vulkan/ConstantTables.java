// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import java.math.BigInteger;

/**
 * Builds the tables that kernels read through binding 1 of set 0.
 *
 * <pre>
 * offset   content
 *      0   10^0 .. 10^38, 16 bytes each: low 64 bits, then high 64 bits, little-endian
 * </pre>
 */
final class ConstantTables {

  /** Highest power of ten in the table; 10^38 is the largest that a decimal of 38 digits needs. */
  static final int HIGHEST_POWER = 38;

  private ConstantTables() {}

  /** Returns the words of the table: low and high 64 bits of each power in turn. */
  static long[] powersOfTen() {
    long[] words = new long[2 * (HIGHEST_POWER + 1)];
    BigInteger power = BigInteger.ONE;
    for (int i = 0; i <= HIGHEST_POWER; i++) {
      words[2 * i] = power.longValue();
      words[2 * i + 1] = power.shiftRight(Long.SIZE).longValue();
      power = power.multiply(BigInteger.TEN);
    }
    return words;
  }
}

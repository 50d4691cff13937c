// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import java.util.Arrays;

/**
 * Numbers the lists of {@link FreeLists} by length: list {@code first * SUBDIVISIONS + second}.
 *
 * <p>Lengths below {@link #SUBDIVISIONS} have a list each. Above, a power of two is cut into {@link
 * #SUBDIVISIONS} steps, so the lengths in one list differ by less than a sixteenth.
 */
final class SizeClasses {
  static final int SUBDIVISIONS = 16;
  static final int SUBDIVISION_BITS = 4;

  /** Longest block: 2^30 granules. */
  static final int MAX_GRANULES = 1 << 30;

  /** First levels: one for short lengths, one for each power of two from 2^4 to 2^30. */
  static final int FIRST_LEVELS = 30 - SUBDIVISION_BITS + 2;

  private SizeClasses() {}

  /** Returns heads of that many empty lists. */
  static int[] emptyHeads() {
    int[] heads = new int[FIRST_LEVELS * SUBDIVISIONS];
    Arrays.fill(heads, FreeLists.NONE);
    return heads;
  }

  /** Returns the list that a block of this length belongs to. */
  static int of(int granules) {
    if (granules < SUBDIVISIONS) {
      return granules;
    }
    int power = 31 - Integer.numberOfLeadingZeros(granules);
    int step = (granules >>> (power - SUBDIVISION_BITS)) & (SUBDIVISIONS - 1);
    return (power - SUBDIVISION_BITS + 1) * SUBDIVISIONS + step;
  }

  /** Returns the first list in which every block has at least this length. */
  static int roundedUp(int granules) {
    if (granules < SUBDIVISIONS) {
      return granules;
    }
    int power = 31 - Integer.numberOfLeadingZeros(granules);
    return of(granules + (1 << (power - SUBDIVISION_BITS)) - 1);
  }
}

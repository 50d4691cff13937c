// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import java.util.SplittableRandom;

/**
 * Chooses a sample of rows whose number is not known before: each row has the same chance to be in
 * it (algorithm R; Vitter, "Random sampling with a reservoir", 1985). The same seed and number of
 * rows give the same choice. Not thread-safe.
 */
final class KeyReservoir {
  private final int size;
  private final SplittableRandom random;
  private long seen;

  /**
   * Creates an empty reservoir.
   *
   * @param size most rows of the sample, 0 or more
   * @param seed what chances depend on
   */
  KeyReservoir(int size, long seed) {
    this.size = size;
    this.random = new SplittableRandom(seed);
  }

  /** Looks at the next row: returns which place of the sample it takes, or -1 for none. */
  int place() {
    long place = seen < size ? seen : random.nextLong(seen + 1);
    seen++;
    return place < size ? (int) place : -1;
  }

  /** Returns how many rows were looked at. */
  long seen() {
    return seen;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyReservoirTest {

  private static long[] sample(int size, long rows, long seed) {
    KeyReservoir reservoir = new KeyReservoir(size, seed);
    long[] kept = new long[(int) Math.min(size, rows)];
    for (long row = 0; row < rows; row++) {
      int place = reservoir.place();
      if (place >= 0) {
        kept[place] = row;
      }
    }
    assertThat(reservoir.seen()).isEqualTo(rows);
    return kept;
  }

  @Test
  void keepsAllOfFewRows() {
    assertThat(sample(10, 0, 1)).isEmpty();
    assertThat(sample(10, 9, 1)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(sample(4, 4, 1)).containsExactly(0, 1, 2, 3);
    assertThat(sample(0, 7, 1)).isEmpty();
  }

  @Test
  void choosesTheSameAgain() {
    assertThat(sample(50, 10_000, 3)).isEqualTo(sample(50, 10_000, 3)).doesNotHaveDuplicates();
    assertThat(sample(50, 10_000, 3)).isNotEqualTo(sample(50, 10_000, 4));
  }

  /** Each tenth of the rows has about a tenth of many samples: 5 standard deviations are 106. */
  @Test
  void givesEveryRowTheSameChance() {
    int[] tenths = new int[10];
    for (int seed = 0; seed < 250; seed++) {
      Arrays.stream(sample(20, 1000, seed)).forEach(row -> tenths[(int) (row / 100)]++);
    }
    assertThat(Arrays.stream(tenths).boxed()).allMatch(count -> Math.abs(count - 500) < 106);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks guesses against rows of which the number of groups is known. */
class GroupGuessTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());
  private static final int SAMPLE = 1 << 16;
  private static final long OTHERS = 100_000_000;

  private static GroupGuess sample(IntUnaryOperator groupOf) {
    Set<Integer> seen = new HashSet<>();
    long half = 0;
    for (int i = 0; i < SAMPLE; i++) {
      half = i == SAMPLE / 2 ? seen.size() : half;
      seen.add(groupOf.applyAsInt(i));
    }
    return new GroupGuess(SAMPLE, half, seen.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000, 10_000, 100_000, 1_000_000, 10_000_000})
  void groupsOfEqualSizeAreGuessed(int groups) {
    Random random = new Random(SEED);
    long guess = sample(i -> random.nextInt(groups)).likely(OTHERS);
    assertThat(guess).as("seed %d", SEED).isBetween((long) (0.7 * groups), 2L * groups + 1);
  }

  @ParameterizedTest
  @CsvSource({"2, 100000", "10, 10000", "2, 1000000", "1000, 10"})
  void largeGroupsDoNotHideTheOthers(int share, int groups) {
    Random random = new Random(SEED);
    long guess =
        sample(i -> random.nextInt(share) != 0 ? 0 : 1 + random.nextInt(groups)).likely(OTHERS);
    assertThat(guess).as("seed %d", SEED).isBetween(groups / 4L, 4L * groups);
  }

  /** Pieces of rows that lie together have a group each: no more than that goes on. */
  @Test
  void rowsInOrderOfTheirGroupsAreGuessedByPieces() {
    long guess = sample(i -> i / 256).likely(OTHERS);
    assertThat(guess).isBetween(OTHERS / 256, OTHERS / 256 + SAMPLE);
  }

  @Test
  void differentRowsAreAllGroups() {
    assertThat(sample(i -> i).likely(OTHERS)).isEqualTo(SAMPLE + OTHERS);
    assertThat(sample(i -> i).likely(0)).isEqualTo(SAMPLE);
  }

  @Test
  void nothingIsGuessedFromNothing() {
    assertThat(new GroupGuess(0, 0, 0).likely(OTHERS)).isZero();
    assertThat(new GroupGuess(1, 0, 1).likely(0)).isEqualTo(1);
    assertThat(new GroupGuess(SAMPLE, 0, 7).likely(OTHERS)).isBetween(7L, 7 + OTHERS);
  }

  @ParameterizedTest
  @ValueSource(ints = {RowSample.LEAST_ROWS, RowSample.LEAST_ROWS + 1, 100_000_000, 2147483647})
  void samplesAreSmallAndInTheirStretches(int rows) {
    for (long slotBytes = 8; slotBytes < 1 << 20; slotBytes *= 3) {
      RowSample sample = RowSample.of(rows, slotBytes);
      assertThat(sample.pieces() % 2).isZero();
      assertThat(sample.pieces()).isBetween(2, 512);
      assertThat((long) sample.pieces() << sample.shift()).isLessThanOrEqualTo(rows);
      assertThat(sample.shift()).isBetween(RowSample.PIECE_SHIFT + 1, 30);
      assertThat(sample.flags(0) >>> UpdateCode.SHIFT).isEqualTo(sample.shift());
    }
  }
}

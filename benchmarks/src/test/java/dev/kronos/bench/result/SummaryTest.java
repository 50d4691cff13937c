// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.bench.program.Tally;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void sumsUpAnOddNumberOfSamples() {
    assertThat(Summary.of(9, 1, 100, 3, 5)).isEqualTo(new Summary(5, 1, 4, 5));
  }

  @Test
  void sumsUpAnEvenNumberOfSamples() {
    assertThat(Summary.of(4, 1, 2, 10)).isEqualTo(new Summary(3, 1, 1.5, 4));
  }

  @Test
  void refusesNoSamples() {
    assertThatThrownBy(Summary::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void averagesCountsByDispatchAndBatch() {
    Tally before = new Tally(100, 10, 20, 3, 4, 5, 6, 1000, 7);
    Tally after = new Tally(180, 24, 60, 13, 24, 45, 166, 17_000, 9);
    Counted counted = Counted.of(after.since(before), 10, 2, 500);
    assertThat(counted).isEqualTo(new Counted(14 / 80.0, 0.5, 1.4, 1, 2, 4, 2, 200, 2, 50));
    assertThat(Counted.of(after, 10, 1, 0).barriersOverLeast()).isNull();
    assertThat(before.plus(after.since(before))).isEqualTo(after);
  }
}

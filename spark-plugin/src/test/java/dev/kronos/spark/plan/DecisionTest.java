// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecisionTest {

  @Test
  void onlyWhatCouldComputeFallsBack() {
    assertThat(new SupportLevel.Compatible().fallsBack()).isFalse();
    assertThat(new SupportLevel.Exempt("command").fallsBack()).isFalse();
    assertThat(new SupportLevel.Unsupported("no").fallsBack()).isTrue();
    assertThat(new SupportLevel.Incompatible("differs").fallsBack()).isTrue();
  }

  @Test
  void saysItInOneLine() {
    assertThat(new NodeDecision("Filter", new SupportLevel.Compatible()))
        .hasToString("* Filter: on the GPU");
    assertThat(new NodeDecision("Sort", new SupportLevel.Unsupported("not yet")))
        .hasToString("! Sort: not yet");
    assertThat(new NodeDecision("Exchange", new SupportLevel.Exempt("exchange of Spark's")))
        .hasToString("- Exchange: exchange of Spark's");
  }
}

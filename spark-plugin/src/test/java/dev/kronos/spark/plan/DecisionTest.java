// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final NodeDecision SORT = sort(1);
  private static final NodeDecision OTHER_SORT = sort(2);

  private final SaidDecisions said = new SaidDecisions();

  @Test
  void onlyWhatCouldComputeFallsBack() {
    assertThat(new SupportLevel.Compatible().fallsBack()).isFalse();
    assertThat(new SupportLevel.Exempt("command").fallsBack()).isFalse();
    assertThat(new SupportLevel.Unsupported("no").fallsBack()).isTrue();
    assertThat(new SupportLevel.Incompatible("differs").fallsBack()).isTrue();
  }

  @Test
  void saysItInOneLine() {
    assertThat(decision("Filter", new SupportLevel.Compatible()))
        .hasToString("* Filter: on the GPU");
    assertThat(SORT).hasToString("! Sort: not yet");
    assertThat(decision("Exchange", new SupportLevel.Exempt("exchange of Spark's")))
        .hasToString("- Exchange: exchange of Spark's");
  }

  @Test
  void saysHowManyNodesALineHoldsFor() {
    NodeDecision filter = decision("Filter", new SupportLevel.Compatible());

    assertThat(KronosExplain.text(List.of(SORT, filter, OTHER_SORT, SORT)))
        .isEqualTo("  ! Sort: not yet (3 nodes)\n  * Filter: on the GPU");
  }

  @Test
  void aPlanMadeAnewSaysNothingNew() {
    assertThat(said.fresh("1", List.of(SORT, OTHER_SORT))).containsExactly(SORT, OTHER_SORT);

    assertThat(said.fresh("1", List.of(OTHER_SORT))).isEmpty();
    assertThat(said.fresh("1", List.of(SORT, OTHER_SORT))).isEmpty();
  }

  @Test
  void equalNodesOfOnePlanAreAllNew() {
    assertThat(said.fresh("1", List.of(SORT, SORT))).hasSize(2);

    assertThat(said.fresh("1", List.of(SORT, SORT, SORT))).hasSize(1);
  }

  @Test
  void aNodeWithOtherColumnsIsNew() {
    said.fresh("1", List.of(SORT));

    assertThat(said.fresh("1", List.of(OTHER_SORT))).containsExactly(OTHER_SORT);
  }

  @Test
  void eachQueryIsToldEverything() {
    said.fresh("1", List.of(SORT));

    assertThat(said.fresh("2", List.of(SORT))).containsExactly(SORT);
  }

  private static NodeDecision sort(long column) {
    return new NodeDecision("Sort", new SupportLevel.Unsupported("not yet"), List.of(column));
  }

  private static NodeDecision decision(String node, SupportLevel level) {
    return new NodeDecision(node, level, List.of());
  }
}

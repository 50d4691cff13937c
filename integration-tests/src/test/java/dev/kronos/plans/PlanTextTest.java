// SPDX-License-Identifier: Apache-2.0
package dev.kronos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows what a plan's text loses, and that it loses nothing else. */
class PlanTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*(12) Project [(id#7L + 1) AS n#12L] | * Project [(id + 1) AS n]",
        "keys=[k#3], functions=[sum(p#4), count(1)#5L] | keys=[k], functions=[sum(p), count(1)]",
        "Exchange SinglePartition, ENSURE_REQUIREMENTS, [plan_id=156]"
            + " | Exchange SinglePartition, ENSURE_REQUIREMENTS",
        "(p#1 > Subquery subquery#213, [id=#29]) | (p > Subquery subquery)",
        "+- ShuffleQueryStage 0 | +- ShuffleQueryStage",
        "InMemoryFileIndex(1 paths)[file:/tmp/junit-17/sales], X: [] "
            + "| InMemoryFileIndex(1 paths)[sales], X: []",
        "InMemoryFileIndex(2 paths)[file:/a/b/x, file:/a/b/y] | InMemoryFileIndex(2 paths)[x, y]",
        "CollectLimit 5 | CollectLimit 5",
        "(s = '#one') | (s = '#one')",
        "hashpartitioning(k#1, 3) | hashpartitioning(k, 3)",
        "cast(d#1 as decimal(15,2)) IN (1,2) | cast(d as decimal(15,2)) IN (1,2)",
      })
  void losesIdsAndPathsOnly(String plan, String expected) {
    assertThat(PlanText.normalised(plan)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"a, b", "count(1)#1, sum(1)#1", "'Project [x#1, y#2]', 'Project [y#2, x#1]'"})
  void keepsPlansApart(String left, String right) {
    assertThat(PlanText.normalised(left)).isNotEqualTo(PlanText.normalised(right));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.plans.logical.Range$;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnionExec;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.junit.jupiter.api.Test;

class PlanTextTest {
  private static final String MILLIS = "cpu=[0-9.]+ ms, device=[0-9.]+ ms\n";

  @Test
  void nodesOfOnePartHaveItsNumberAndItsEstimates() {
    SparkPlan plan = filter(filter(range(100)));
    CostDecision.about(plan);

    String line = "! %s: estimated to be slower on the device: cpu=[^\\[]+ms \\[1\\]\n";
    assertThat(text(plan))
        .matches(
            legend()
                + line.formatted("Filter")
                + "  "
                + line.formatted("Filter")
                + "    "
                + line.formatted("Range")
                + "\\[1\\] on the CPU: "
                + MILLIS);
  }

  @Test
  void wrappersOfGeneratedCodeAreNoNodes() {
    SparkPlan plan = new WholeStageCodegenExec(filter(range(100)), 1);
    CostDecision.about(plan.children().head());

    assertThat(text(plan)).contains("\n! Filter: ", "\n  ! Range: ").doesNotContain("WholeStage");
  }

  @Test
  void whatIsUnknownIsSaidToBe() {
    SparkPlan plan = filter(new RangeExec(Range$.MODULE$.apply(0, 100, 1, 1)));
    SparkPlan converted = new PlanConversion(CostDecision.about(plan)::level).convert(plan);

    assertThat(text(converted))
        .contains("* KronosFilter: on the GPU [1]\n")
        .endsWith("[1] on the GPU, as long as nothing is known of its rows\n");
  }

  @Test
  void partsAreNumberedInTheOrderOfTheirNodes() {
    SparkPlan small = filter(range(100));
    SparkPlan large = filter(range(100_000_000));
    CostDecision.about(small);
    CostDecision.about(large);
    SparkPlan plan = new UnionExec(ScalaCollections.seq(List.of(large, small)));

    assertThat(text(plan))
        .containsPattern("\n\\[1\\] on the GPU: " + MILLIS + "\\[2\\] on the CPU: " + MILLIS);
  }

  @Test
  void withoutEstimatesThereAreNoNumbers() {
    SparkPlan plan = new PlanConversion(ConversionCatalog::level).convert(filter(range(100)));

    assertThat(text(plan))
        .contains("* KronosFilter: on the GPU\n")
        .doesNotContain("\n[1] on", "GPU [1]\n");
  }

  @Test
  void anObstacleIsSaidInPlaceOfNodes() {
    assertThat(PlanText.of(filter(range(100)), Optional.of("no device")))
        .contains("all of it on the CPU: no device\n");
  }

  @Test
  void plansThatComputeNothingHaveNoText() {
    SparkPlan plan = new RangeExec(Range$.MODULE$.apply(0, 100, 1, 1));

    assertThat(PlanText.of(plan, Optional.empty())).isEmpty();
  }

  private static String text(SparkPlan plan) {
    return PlanText.of(plan, Optional.empty()).orElseThrow();
  }

  private static String legend() {
    return "\\* on the GPU, ! on the CPU [^\n]+\n";
  }

  private static SparkPlan filter(SparkPlan child) {
    Expression sum = new Add(child.output().head(), Literal$.MODULE$.apply(1L));
    return new FilterExec(new GreaterThan(sum, Literal$.MODULE$.apply(3L)), child);
  }

  private static SparkPlan range(long rows) {
    RangeExec range = new RangeExec(Range$.MODULE$.apply(0, rows, 1, 1));
    range.setLogicalLink(range.range());
    return range;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.Range$;
import org.apache.spark.sql.catalyst.plans.physical.HashPartitioning;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.LocalLimitExec;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnionExec;
import org.apache.spark.sql.execution.exchange.ENSURE_REQUIREMENTS$;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.junit.jupiter.api.Test;

class CostDecisionTest {
  private static final long FEW = 100;
  private static final long MANY = 100_000_000;

  @Test
  void aSmallPlanStaysOnTheCpuAndSaysBothEstimates() {
    SparkPlan plan = filter(range(FEW));
    assertThat(level(plan))
        .isInstanceOf(SupportLevel.Slower.class)
        .extracting(SupportLevel::reason)
        .asString()
        .matches("estimated to be slower on the device: cpu=[0-9.]+ ms, device=[0-9.]+ ms");
    assertThat(level(plan).fallsBack()).isTrue();
    assertThat(level(plan).isObstructed()).isFalse();
  }

  @Test
  void aLargePlanGoesToTheDevice() {
    assertThat(level(filter(range(MANY)))).isInstanceOf(SupportLevel.Compatible.class);
  }

  @Test
  void aPlanOfUnknownSizeGoesToTheDevice() {
    SparkPlan unknown = new RangeExec(Range$.MODULE$.apply(0, FEW, 1, 1));
    assertThat(level(filter(unknown))).isInstanceOf(SupportLevel.Compatible.class);
  }

  @Test
  void theSmallPartOfALargePlanGoesWithIt() {
    SparkPlan small = filter(range(FEW));
    SparkPlan plan = filter(union(small, filter(range(MANY))));
    assertThat(CostDecision.about(plan).level(small)).isInstanceOf(SupportLevel.Compatible.class);
  }

  @Test
  void theSmallPartAboveALimitGoesWithTheLargePartBelowAnExchange() {
    SparkPlan top = filter(exchange(new LocalLimitExec(5, filter(range(MANY)))));
    assertThat(level(top)).isInstanceOf(SupportLevel.Compatible.class);
  }

  @Test
  void aStageFollowsTheLookAtTheWholePlan() {
    SparkPlan exchange = exchange(filter(range(FEW)));
    CostDecision.about(union(filter(exchange), filter(range(MANY))));
    assertThat(CostDecision.about(exchange).level(exchange.children().head()))
        .isInstanceOf(SupportLevel.Compatible.class);
  }

  @Test
  void aStageOfWhichMoreIsKnownThanOfTheWholePlanIsDecidedAlone() {
    SparkPlan exchange = exchange(filter(range(FEW)));
    SparkPlan unknown = new RangeExec(Range$.MODULE$.apply(0, FEW, 1, 1));
    CostDecision.about(union(filter(exchange), filter(unknown)));
    assertThat(CostDecision.about(exchange).level(exchange.children().head()))
        .isInstanceOf(SupportLevel.Slower.class);
  }

  @Test
  void aStageThatNobodyLookedAtIsDecidedAlone() {
    SparkPlan exchange = exchange(filter(range(FEW)));
    assertThat(CostDecision.about(exchange).level(exchange.children().head()))
        .isInstanceOf(SupportLevel.Slower.class);
  }

  @Test
  void aPlanThatIsLookedAtAgainIsDecidedAnew() {
    SparkPlan small = filter(range(FEW));
    CostDecision.about(union(small, filter(range(MANY))));
    assertThat(level(small)).isInstanceOf(SupportLevel.Slower.class);
  }

  /** A union is converted over columns; one alone would have nothing to pass on. */
  @Test
  void partsThatComputeNothingAreNotWeighed() {
    SparkPlan limit = new LocalLimitExec(5, range(FEW));
    assertThat(level(limit)).isNotInstanceOf(SupportLevel.Slower.class);
  }

  @Test
  void theConversionLeavesSuchAPlanAsItIsAndSaysWhy() {
    SparkPlan plan = sorted(filter(range(FEW)));
    PlanConversion conversion = new PlanConversion(CostDecision.about(plan)::level);
    assertThat(conversion.convert(plan)).isSameAs(plan);
    assertThat(conversion.decisions())
        .filteredOn(d -> d.level().fallsBack())
        .extracting(NodeDecision::node)
        .containsExactly("Sort", "Filter", "Range");
    assertThat(KronosExplain.reasons(plan))
        .hasSize(3)
        .allMatch(line -> line.contains(": estimated to be slower on the device: cpu="));
  }

  private static SupportLevel level(SparkPlan plan) {
    return CostDecision.about(plan).level(plan);
  }

  private static SparkPlan sorted(SparkPlan child) {
    return new SortExec(ScalaCollections.seq(List.of(order(child))), false, child, 0);
  }

  private static SortOrder order(SparkPlan child) {
    return new SortOrder(
        column(child), Ascending$.MODULE$, NullsFirst$.MODULE$, ScalaCollections.seq(List.of()));
  }

  private static SparkPlan exchange(SparkPlan child) {
    return new ShuffleExchangeExec(
        new HashPartitioning(ScalaCollections.seq(List.of(column(child))), 3),
        child,
        ENSURE_REQUIREMENTS$.MODULE$,
        ScalaCollections.none());
  }

  private static SparkPlan union(SparkPlan... children) {
    return new UnionExec(ScalaCollections.seq(List.of(children)));
  }

  private static SparkPlan filter(SparkPlan child) {
    Expression sum = new Add(column(child), Literal$.MODULE$.apply(1L));
    return new FilterExec(new GreaterThan(sum, Literal$.MODULE$.apply(3L)), child);
  }

  private static Expression column(SparkPlan child) {
    return child.output().head();
  }

  private static SparkPlan range(long rows) {
    RangeExec range = new RangeExec(Range$.MODULE$.apply(0, rows, 1, 1));
    range.setLogicalLink(range.range());
    return range;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;

/** Writes what was decided about a plan as text: a line a node, then the estimates of its parts. */
final class PlanText {
  private static final String LEGEND =
      "* on the GPU, ! on the CPU though it computes, - has no place on the GPU;"
          + " [1] is weighed with all others of [1]\n";

  private final StringBuilder text = new StringBuilder();
  private final List<CostVerdict> parts = new ArrayList<>();
  private boolean computes;

  private PlanText() {}

  /**
   * Describes a plan.
   *
   * @param plan with or without adaptive execution, before or after it ran
   * @param obstacle why nothing may run on the device, if so
   * @return lines; empty when no node of the plan computes anything
   */
  static Optional<String> of(SparkPlan plan, Optional<String> obstacle) {
    PlanText nodes = new PlanText();
    nodes.add(
        plan, 0, obstacle.isPresent() ? ConversionCatalog::level : KronosExplain::levelOfExecuted);
    if (!nodes.computes) {
      return Optional.empty();
    }
    return Optional.of(
        obstacle
            .map(reason -> "all of it on the CPU: " + reason + "\n")
            .orElseGet(() -> LEGEND + nodes.text + nodes.estimates()));
  }

  private void add(SparkPlan node, int depth, Function<SparkPlan, SupportLevel> levels) {
    boolean shown = !(node instanceof WholeStageCodegenExec || node instanceof InputAdapter);
    if (shown) {
      addLine(node, depth, levels.apply(node));
    }
    int below = shown ? depth + 1 : depth;
    if (node instanceof AdaptiveSparkPlanExec adaptive) {
      SparkPlan current = adaptive.executedPlan();
      add(current, below, adaptive.isFinalPlan() ? levels : Planner.trial(current));
    } else if (node instanceof QueryStageExec stage) {
      add(stage.plan(), below, KronosExplain::levelOfExecuted);
    }
    for (SparkPlan child : ScalaCollections.<SparkPlan>list(node.children())) {
      add(child, below, levels);
    }
    for (SparkPlan subquery : ScalaCollections.<SparkPlan>list(node.subqueries())) {
      add(subquery, below, KronosExplain::levelOfExecuted);
    }
  }

  private void addLine(SparkPlan node, int depth, SupportLevel level) {
    computes |= !(level instanceof SupportLevel.Exempt);
    text.append("  ".repeat(depth)).append(NodeDecision.of(node, level));
    CostDecision.told(node).ifPresent(part -> text.append(" [").append(number(part)).append("]"));
    text.append("\n");
  }

  /** Returns the number of a part, from 1: that of its first node in the text. */
  private int number(CostVerdict part) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) == part) {
        return i + 1;
      }
    }
    parts.add(part);
    return parts.size();
  }

  private String estimates() {
    StringBuilder estimates = new StringBuilder();
    for (CostVerdict part : parts) {
      estimates.append("[%d] %s\n".formatted(number(part), part.told()));
    }
    return estimates.toString();
  }
}

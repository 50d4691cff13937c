// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.DeviceRegistry;
import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;

/** Explains plans that were made: which node runs where, and why. */
public final class KronosExplain {
  private KronosExplain() {}

  /**
   * Returns what was decided about every node of an executed plan, through the wrappers of adaptive
   * execution, parents before children.
   *
   * @param plan for example {@code dataset.queryExecution().executedPlan()}; with adaptive
   *     execution the final plan exists once the query has run
   */
  public static List<NodeDecision> decisions(SparkPlan plan) {
    List<NodeDecision> decisions = new ArrayList<>();
    collect(plan, decisions);
    return decisions;
  }

  /** Returns why nodes of an executed plan stay on the CPU, one line a node; exempt nodes not. */
  public static List<String> reasons(SparkPlan plan) {
    return decisions(plan).stream()
        .filter(d -> d.level().fallsBack())
        .map(NodeDecision::toString)
        .toList();
  }

  /** Returns the names of the nodes of an executed plan that run on the device. */
  public static List<String> onDevice(SparkPlan plan) {
    return decisions(plan).stream()
        .filter(d -> d.level() instanceof SupportLevel.Compatible)
        .map(NodeDecision::node)
        .toList();
  }

  /**
   * Returns where each node of a query runs and why, and what both estimates were, as SQL's {@code
   * EXPLAIN} says it. Of a query under adaptive execution that has not run, this is what would be
   * decided by what is known now.
   *
   * @param query planned, if it was not yet; not run
   * @return lines; empty when the plugin is switched off or the query computes nothing
   */
  public static String explain(Dataset<?> query) {
    return section(query.queryExecution()).orElse("");
  }

  /** Returns what {@code EXPLAIN} adds to Spark's text; empty when there is nothing to say. */
  public static Optional<String> section(QueryExecution query) {
    SparkPlan plan = query.executedPlan();
    return Planner.settings(plan.conf()).enabled()
        ? PlanText.of(plan, DeviceRegistry.obstacle())
        : Optional.empty();
  }

  /** Returns the decisions as text; what holds for several nodes is one line with their number. */
  static String text(List<NodeDecision> decisions) {
    Map<String, Integer> nodesOfLine = new LinkedHashMap<>();
    decisions.forEach(d -> nodesOfLine.merge(d.toString(), 1, Integer::sum));
    return nodesOfLine.entrySet().stream()
        .map(e -> "  " + e.getKey() + (e.getValue() == 1 ? "" : " (" + e.getValue() + " nodes)"))
        .collect(Collectors.joining("\n"));
  }

  private static void collect(SparkPlan plan, List<NodeDecision> decisions) {
    decisions.add(NodeDecision.of(plan, levelOfExecuted(plan)));
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      collect(adaptive.executedPlan(), decisions);
    } else if (plan instanceof QueryStageExec stage) {
      collect(stage.plan(), decisions);
    }
    ScalaCollections.<SparkPlan>list(plan.children()).forEach(c -> collect(c, decisions));
    ScalaCollections.<SparkPlan>list(plan.subqueries()).forEach(s -> collect(s, decisions));
  }

  /** A scan that could have been converted but was not has no consumer on the device. */
  static SupportLevel levelOfExecuted(SparkPlan plan) {
    Optional<SupportLevel> left = CostDecision.levelOf(plan);
    if (left.isPresent()) {
      return left.get();
    }
    SupportLevel level = ConversionCatalog.level(plan);
    return level instanceof SupportLevel.Compatible && !ConversionCatalog.isConverted(plan)
        ? new SupportLevel.Exempt("computes nothing, or was planned without a device")
        : level;
  }
}

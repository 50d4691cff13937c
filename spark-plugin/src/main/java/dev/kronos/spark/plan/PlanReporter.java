// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.conf.ExplainMode;
import dev.kronos.spark.conf.SqlSettings;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.execution.SparkPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes decisions to the log, each once a query, and enforces strict mode. Thread-safe. */
final class PlanReporter {
  private static final Logger LOG = LoggerFactory.getLogger(PlanReporter.class);
  private static final String EXECUTION_ID = "spark.sql.execution.id";

  private final SaidDecisions said = new SaidDecisions();

  /**
   * Reports decisions about a plan.
   *
   * @throws StrictModeException in strict mode, when a node falls back that is not allowed to
   */
  void report(SparkPlan plan, List<NodeDecision> decisions, SqlSettings settings) {
    explain(plan, decisions, settings.explain());
    if (settings.strict()) {
      requireAllowed(decisions, settings.allowed());
    }
  }

  private void explain(SparkPlan plan, List<NodeDecision> decisions, ExplainMode mode) {
    if (mode == ExplainMode.NONE) {
      return;
    }
    List<NodeDecision> shown =
        decisions.stream().filter(d -> mode == ExplainMode.ALL || d.level().fallsBack()).toList();
    String query = String.valueOf(plan.sparkContext().getLocalProperty(EXECUTION_ID));
    List<NodeDecision> fresh = said.fresh(query, shown);
    if (fresh.stream().allMatch(d -> d.level() instanceof SupportLevel.Exempt)) {
      return;
    }
    String text = KronosExplain.text(fresh);
    if (fresh.stream().anyMatch(d -> d.level().isObstructed())) {
      LOG.warn("Kronos: parts of the query stay on the CPU:\n{}", text);
    } else {
      LOG.info("Kronos: where the query runs:\n{}", text);
    }
  }

  private static void requireAllowed(List<NodeDecision> decisions, Set<String> allowed) {
    List<NodeDecision> fallen =
        decisions.stream()
            .filter(d -> d.level().fallsBack() && !allowed.contains(d.node()))
            .toList();
    if (!fallen.isEmpty()) {
      throw new StrictModeException(
          "strict mode: nodes would stay on the CPU (spark.kronos.sql.strict=true):\n"
              + KronosExplain.text(fallen));
    }
  }
}

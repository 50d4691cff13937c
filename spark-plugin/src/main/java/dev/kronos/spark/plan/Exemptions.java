// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.MergedSubqueries;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.execution.BaseSubqueryExec;
import org.apache.spark.sql.execution.CollectLimitExec;
import org.apache.spark.sql.execution.CollectTailExec;
import org.apache.spark.sql.execution.ColumnarToRowTransition;
import org.apache.spark.sql.execution.DataSourceScanExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.LeafExecNode;
import org.apache.spark.sql.execution.RowToColumnarTransition;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.adaptive.AQEShuffleReadExec;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.command.DataWritingCommandExec;
import org.apache.spark.sql.execution.command.ExecutedCommandExec;
import org.apache.spark.sql.execution.datasources.WriteFilesExec;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanExecBase;
import org.apache.spark.sql.execution.datasources.v2.V2CommandExec;
import org.apache.spark.sql.execution.exchange.Exchange;

/** Lists the plan nodes that have no place on the device; strict mode leaves them alone. */
final class Exemptions {
  private static final String ROW_SOURCE = "source of rows";
  private static final Map<Class<?>, String> REASONS = table();

  private Exemptions() {}

  private static Map<Class<?>, String> table() {
    Map<Class<?>, String> reasons = new LinkedHashMap<>();
    reasons.put(AdaptiveSparkPlanExec.class, "wrapper of adaptive execution");
    reasons.put(QueryStageExec.class, "wrapper of adaptive execution");
    reasons.put(AQEShuffleReadExec.class, "wrapper of adaptive execution");
    reasons.put(Exchange.class, "exchange of Spark's");
    reasons.put(BaseSubqueryExec.class, "wrapper of a subquery");
    reasons.put(ColumnarToRowTransition.class, "transition");
    reasons.put(RowToColumnarTransition.class, "transition");
    reasons.put(InputAdapter.class, "wrapper of generated code");
    reasons.put(WholeStageCodegenExec.class, "wrapper of generated code");
    reasons.put(ExecutedCommandExec.class, "command");
    reasons.put(DataWritingCommandExec.class, "command");
    reasons.put(V2CommandExec.class, "command");
    reasons.put(WriteFilesExec.class, "command");
    reasons.put(CollectLimitExec.class, "work of the driver");
    reasons.put(CollectTailExec.class, "work of the driver");
    return reasons;
  }

  /** Returns what exempt nodes are, by the names of nodes, in the order of the documentation. */
  static Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    REASONS.forEach((type, reason) -> lines.put(NodeRule.name(type), reason));
    lines.put("leaves that scan neither files nor connectors", ROW_SOURCE);
    lines.put(
        "Project, as the end of scalar subqueries that Spark merged", MergedSubqueries.PACKING);
    return lines;
  }

  /** Returns why a node is exempt, or nothing when it is not. */
  static Optional<SupportLevel> of(SparkPlan plan) {
    return REASONS.entrySet().stream()
        .filter(entry -> entry.getKey().isInstance(plan))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(() -> isRowSource(plan) ? Optional.of(ROW_SOURCE) : Optional.empty())
        .map(SupportLevel.Exempt::new);
  }

  private static boolean isRowSource(SparkPlan plan) {
    return plan instanceof LeafExecNode
        && !(plan instanceof DataSourceScanExec)
        && !(plan instanceof DataSourceV2ScanExecBase);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.plans;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.execution.SparkPlan;

/**
 * Counts what the device did for a plan that ran.
 *
 * @param nodes nodes that ran kernels of their own; those fused into others ran none
 * @param dispatches kernel runs
 * @param barriers barriers between them
 * @param bytes bytes that they read and wrote on the device, as far as they declared
 */
public record KernelCounts(int nodes, long dispatches, long barriers, long bytes) {

  /** Counts what the nodes of a plan did, through the wrappers of adaptive execution. */
  public static KernelCounts of(SparkPlan plan) {
    List<SparkPlan> busy =
        PlanReport.nodes(plan).stream().filter(node -> metric(node, "dispatches") > 0).toList();
    return new KernelCounts(
        busy.size(),
        PlanReport.total(plan, "dispatches"),
        PlanReport.total(plan, "barriers"),
        PlanReport.total(plan, "deviceBytesRead") + PlanReport.total(plan, "deviceBytesWritten"));
  }

  private static long metric(SparkPlan node, String name) {
    Map<String, Long> metrics = PlanReport.metrics(node);
    return metrics.getOrDefault(name, 0L);
  }
}

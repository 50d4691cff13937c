// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import org.apache.spark.sql.execution.SparkPlan;

/**
 * Holds what was decided about one node of a plan.
 *
 * @param node the name of the node as EXPLAIN shows it
 * @param level where it runs and why
 */
public record NodeDecision(String node, SupportLevel level) {

  /** Makes the decision about a node. */
  static NodeDecision of(SparkPlan node, SupportLevel level) {
    return new NodeDecision(node.nodeName().trim(), level);
  }

  /** Says it in one line: {@code *} runs on the device, {@code !} does not, {@code -} need not. */
  @Override
  public String toString() {
    if (level instanceof SupportLevel.Compatible) {
      return "* " + node + ": on the GPU";
    }
    return (level.fallsBack() ? "! " : "- ") + node + ": " + level.reason();
  }
}

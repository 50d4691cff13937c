// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.SparkPlan;

/**
 * Holds what was decided about one node of a plan.
 *
 * @param node the name of the node as EXPLAIN shows it
 * @param level where it runs and why
 * @param columns the ids of the columns that it gives, by which nodes of one name are told apart
 *     and a node is known again when adaptive execution plans anew
 */
public record NodeDecision(String node, SupportLevel level, List<Long> columns) {

  /** Copies the list. */
  public NodeDecision {
    columns = List.copyOf(columns);
  }

  /** Makes the decision about a node. */
  static NodeDecision of(SparkPlan node, SupportLevel level) {
    List<Attribute> output = ScalaCollections.list(node.output());
    List<Long> columns = output.stream().map(column -> column.exprId().id()).toList();
    return new NodeDecision(node.nodeName().trim(), level, columns);
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

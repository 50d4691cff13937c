// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SortOrder$;
import org.apache.spark.sql.execution.LimitExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.SortAggregateExec;
import org.apache.spark.sql.execution.joins.SortMergeJoinExec;

/**
 * Keeps the order of rows where somebody relies on it. Spark's join by merging and its aggregation
 * by sorting need sorted inputs and give sorted rows, for which Spark leaves out sorts above them;
 * the device's need and give no order. So the sorts below such a node that is converted go, and one
 * is put in above it for a node that needs the order, for a limit, and for the result.
 */
final class KeptOrders {
  private KeptOrders() {}

  /** Takes away the sorts that serve a join by merging or an aggregation by sorting alone. */
  static SparkPlan withoutSorts(SparkPlan plan) {
    if (!(plan instanceof SortMergeJoinExec || plan instanceof SortAggregateExec)) {
      return plan;
    }
    List<SparkPlan> children = new ArrayList<>();
    for (SparkPlan child : ScalaCollections.<SparkPlan>list(plan.children())) {
      children.add(withoutSort(child, plan.requiredChildOrdering().apply(children.size()).size()));
    }
    return plan.withNewChildren(ScalaCollections.seq(children));
  }

  /**
   * A sort by more than is needed is the user's, and may tell which row of a group is the first.
   */
  private static SparkPlan withoutSort(SparkPlan child, int neededKeys) {
    return child instanceof SortExec sort && !sort.global() && sort.sortOrder().size() == neededKeys
        ? sort.child()
        : child;
  }

  /**
   * Sorts the children of a node where they lost an order that it relies on.
   *
   * @param node a node over converted children
   * @param original the node whose place it takes, over its own children
   */
  static SparkPlan below(SparkPlan node, SparkPlan original) {
    List<SparkPlan> children = ScalaCollections.list(node.children());
    List<SparkPlan> before = ScalaCollections.list(original.children());
    List<SparkPlan> kept = new ArrayList<>(children.size());
    for (int i = 0; i < children.size(); i++) {
      List<SortOrder> order =
          original instanceof LimitExec
              ? ScalaCollections.list(before.get(i).outputOrdering())
              : ScalaCollections.list(node.requiredChildOrdering().apply(i));
      kept.add(sorted(children.get(i), order));
    }
    return ScalaCollections.sameElements(kept, children)
        ? node
        : node.withNewChildren(ScalaCollections.seq(kept));
  }

  /** Sorts the rows of each partition, unless they are in order. */
  static SparkPlan sorted(SparkPlan plan, List<SortOrder> order) {
    if (SortOrder$.MODULE$.orderingSatisfies(plan.outputOrdering(), ScalaCollections.seq(order))) {
      return plan;
    }
    SortExec sort = new SortExec(ScalaCollections.seq(order), false, plan, 0);
    return ConversionCatalog.level(sort) instanceof SupportLevel.Compatible
        ? ConversionCatalog.rule(sort).orElseThrow().converted(sort)
        : sort;
  }
}

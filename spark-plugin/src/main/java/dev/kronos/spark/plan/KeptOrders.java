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
import org.apache.spark.sql.execution.joins.SortMergeJoinExec;

/**
 * Keeps the order of rows where somebody relies on it. Spark's join by merging needs sorted inputs
 * and gives sorted rows, for which Spark leaves out sorts above it; the device's needs and gives no
 * order. So the sorts below a join that is converted go, and one is put in above it for a node that
 * needs the order, for a limit, and for the result.
 */
final class KeptOrders {
  private KeptOrders() {}

  /** Takes away the sorts that serve a join by merging alone. */
  static SparkPlan withoutSorts(SparkPlan plan) {
    if (!(plan instanceof SortMergeJoinExec join)) {
      return plan;
    }
    List<SparkPlan> children = List.of(withoutSort(join.left()), withoutSort(join.right()));
    return join.withNewChildren(ScalaCollections.seq(children));
  }

  private static SparkPlan withoutSort(SparkPlan child) {
    return child instanceof SortExec sort && !sort.global() ? sort.child() : child;
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

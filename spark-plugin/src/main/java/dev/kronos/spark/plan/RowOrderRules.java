// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.operator.sort.SortBatches;
import dev.kronos.spark.catalyst.Restriction;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkOrder;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.TranslatedOrder;
import dev.kronos.spark.catalyst.Translation;
import dev.kronos.spark.exec.KronosDrawExec;
import dev.kronos.spark.exec.KronosLimitExec;
import dev.kronos.spark.exec.KronosShuffleExchangeExec;
import dev.kronos.spark.exec.KronosSortExec;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.SinglePartition$;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.TakeOrderedAndProjectExec;
import org.apache.spark.sql.execution.exchange.ENSURE_REQUIREMENTS$;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;

/** Rules of the nodes that put rows in order. */
final class RowOrderRules {
  /** What keeps such a node on the CPU. */
  static final List<Restriction> RESTRICTIONS =
      SupportChecks.pipelines(List.of(), ProjectBatch.limits());

  private RowOrderRules() {}

  static SupportLevel sort(SortExec plan) {
    return order(plan.child(), ScalaCollections.list(plan.sortOrder()));
  }

  private static SupportLevel order(SparkPlan child, List<SortOrder> keys) {
    return SupportChecks.level(obstacle(child, keys));
  }

  /** Returns what keeps rows from being sorted by some keys, or by none. */
  static Optional<String> obstacle(SparkPlan child, List<SortOrder> keys) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    SparkPipeline input = new SparkPipeline(ScalaCollections.list(child.output()), List.of());
    Translation<TranslatedOrder> translation =
        new SparkOrder(input, keys, OrderSpec.ALL).translate();
    return translation.obstacle().or(() -> SortBatches.unsupported(translation.orThrow().spec()));
  }

  static SupportLevel takeOrdered(TakeOrderedAndProjectExec plan) {
    SupportLevel order = order(plan.child(), ScalaCollections.list(plan.sortOrder()));
    return order instanceof SupportLevel.Compatible
        ? SupportChecks.project(new ProjectExec(plan.projectList(), plan.child()))
        : order;
  }

  /**
   * Makes what gives the first rows: those of each partition are brought into one, of which the
   * first are taken and projected.
   */
  static SparkPlan topRows(TakeOrderedAndProjectExec plan) {
    SparkPlan rows = sorted(plan, gathered(plan), true);
    SparkPlan first = new KronosLimitExec(plan.limit(), plan.offset(), true, rows);
    // Rows keep their columns as they are where these are all that is projected.
    return plan.projectList().equals(plan.child().output())
        ? first
        : KronosDrawExec.project(new ProjectExec(plan.projectList(), first));
  }

  private static SparkPlan gathered(TakeOrderedAndProjectExec plan) {
    if (plan.child().outputPartitioning() == SinglePartition$.MODULE$) {
      return plan.child();
    }
    ShuffleExchangeExec exchange =
        new ShuffleExchangeExec(
            SinglePartition$.MODULE$,
            sorted(plan, plan.child(), false),
            ENSURE_REQUIREMENTS$.MODULE$,
            ScalaCollections.none());
    return SupportChecks.exchange(exchange) instanceof SupportLevel.Compatible
        ? KronosShuffleExchangeExec.of(exchange)
        : exchange;
  }

  private static SparkPlan sorted(TakeOrderedAndProjectExec plan, SparkPlan child, boolean ofAll) {
    return new KronosSortExec(plan.sortOrder(), ofAll, plan.limit(), child);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.columnar.KronosRowToColumnarExec;
import dev.kronos.spark.exec.KronosBroadcastExchangeExec;
import dev.kronos.spark.exec.KronosShuffleExchangeExec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.RowToColumnarExec;
import org.apache.spark.sql.execution.SparkPlan;

/**
 * Replaces Spark's transitions below Kronos nodes by those that fill pool memory, and takes away
 * those above broadcasts, of which nobody reads rows, and above the exchange of a stage.
 */
final class TransitionRule extends Rule<SparkPlan> {

  @Override
  public SparkPlan apply(SparkPlan plan) {
    // The root of a stage has to stay an exchange, whoever reads it.
    return filledBelow(
        plan instanceof ColumnarToRowExec transition
                && transition.child() instanceof KronosShuffleExchangeExec exchange
            ? exchange
            : plan);
  }

  private static SparkPlan filledBelow(SparkPlan plan) {
    if (plan instanceof ColumnarToRowExec transition
        && transition.child() instanceof KronosBroadcastExchangeExec broadcast) {
      return filledBelow(broadcast);
    }
    List<SparkPlan> children = ScalaCollections.list(plan.children());
    List<SparkPlan> changed = new ArrayList<>(children.size());
    for (SparkPlan child : children) {
      SparkPlan below = filledBelow(child);
      changed.add(ConversionCatalog.isOwn(plan) ? filled(below) : below);
    }
    return ScalaCollections.sameElements(changed, children)
        ? plan
        : plan.withNewChildren(ScalaCollections.seq(changed));
  }

  private static SparkPlan filled(SparkPlan child) {
    if (!(child instanceof RowToColumnarExec transition)) {
      return child;
    }
    SparkPlan replaced = new KronosRowToColumnarExec(transition.child());
    replaced.copyTagsFrom(transition);
    return replaced;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.Restriction;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.columnar.BatchLayouts;
import dev.kronos.spark.columnar.KronosRowToColumnarExec;
import dev.kronos.spark.exec.KronosUnionExec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.execution.CoalesceExec;
import org.apache.spark.sql.execution.GlobalLimitExec;
import org.apache.spark.sql.execution.LocalLimitExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnionExec;

/** Rules of the nodes that pass batches on without computing: they follow what is below them. */
final class PassingRules {
  private static final Set<Class<?>> PASSING =
      Set.of(LocalLimitExec.class, GlobalLimitExec.class, UnionExec.class, CoalesceExec.class);

  /** What keeps such a node on the CPU. */
  static final List<Restriction> RESTRICTIONS = List.of(BatchLayouts.COLUMN_TYPE);

  private PassingRules() {}

  static SupportLevel level(SparkPlan plan) {
    return SupportChecks.level(BatchLayouts.unsupported(plan.schema()));
  }

  /** Tells whether a node of Spark's computes nothing itself. */
  static boolean passesOn(SparkPlan plan) {
    return PASSING.contains(plan.getClass());
  }

  /** Tells whether a node of Spark's passes batches on, as Kronos's own would. */
  static boolean isPassing(SparkPlan plan) {
    return plan instanceof KronosUnionExec;
  }

  /** Makes a union of batches, of children that all give batches. */
  static SparkPlan union(UnionExec plan) {
    List<SparkPlan> children = new ArrayList<>();
    for (SparkPlan child : ScalaCollections.<SparkPlan>list(plan.children())) {
      children.add(child.supportsColumnar() ? child : new KronosRowToColumnarExec(child));
    }
    return new KronosUnionExec(ScalaCollections.seq(children));
  }
}

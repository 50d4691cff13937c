// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.spark.catalyst.RowDigest;
import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.plans.physical.RoundRobinPartitioning;
import org.apache.spark.sql.execution.ColumnarToRowTransition;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.LocalTableScanExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.RowToColumnarTransition;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnionExec;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;

/**
 * Knows what dealing rows out in turn needs: a task that runs again must meet its rows in the same
 * order, else some are dealt out twice and others not at all. Spark sorts the rows of every task
 * for that ({@code spark.sql.execution.sortBeforeRepartition}). Here rows are sorted unless their
 * order is fixed, as that of rows of files is. Where they may be neither, Spark's scheduler is
 * told, and repeats whole stages.
 */
public final class DealtRows {
  /** What reads rows in an order that does not depend on how tasks run. */
  private static final List<Class<?>> SOURCES =
      List.of(FileSourceScanExec.class, RangeExec.class, LocalTableScanExec.class);

  /** What keeps the order of rows. */
  private static final List<Class<?>> STEPS =
      List.of(
          KronosStepExec.class,
          KronosCoalesceExec.class,
          FilterExec.class,
          ProjectExec.class,
          UnionExec.class,
          RowToColumnarTransition.class,
          ColumnarToRowTransition.class,
          WholeStageCodegenExec.class,
          InputAdapter.class);

  private DealtRows() {}

  /** Tells whether rows are dealt out in turn, to more than one partition. */
  static boolean areDealt(Partitioning partitioning) {
    return partitioning instanceof RoundRobinPartitioning && partitioning.numPartitions() > 1;
  }

  /**
   * Returns the order in which an exchange of Spark's has to have its rows; none where any does.
   */
  public static List<SortOrder> order(ShuffleExchangeExec plan) {
    boolean needed =
        areDealt(plan.outputPartitioning())
            && plan.conf().sortBeforeRepartition()
            && !isFixed(plan.child());
    return needed ? RowDigest.order(columns(plan.child())) : List.of();
  }

  /** Returns the child of an exchange of Spark's, sorted where it has to be. */
  static SparkPlan source(ShuffleExchangeExec plan) {
    List<SortOrder> order = order(plan);
    return order.isEmpty()
        ? plan.child()
        : new KronosSortExec(ScalaCollections.seq(order), false, OrderSpec.ALL, plan.child());
  }

  /** Tells whether rows of a partition come in the same order whenever it is computed. */
  static boolean isFixed(SparkPlan plan) {
    return columns(plan).isEmpty() || isSorted(plan) || (plan.deterministic() && isRead(plan));
  }

  private static boolean isRead(SparkPlan plan) {
    List<SparkPlan> children = ScalaCollections.list(plan.children());
    return isAny(SOURCES, plan)
        || (isAny(STEPS, plan) && children.stream().allMatch(DealtRows::isRead));
  }

  private static boolean isAny(List<Class<?>> classes, SparkPlan plan) {
    return classes.stream().anyMatch(type -> type.isInstance(plan));
  }

  private static boolean isSorted(SparkPlan plan) {
    List<Attribute> columns = columns(plan);
    return plan instanceof KronosSortExec sort
        && RowDigest.isExact(columns)
        && sort.order().equals(RowDigest.order(columns));
  }

  private static List<Attribute> columns(SparkPlan plan) {
    return ScalaCollections.list(plan.output());
  }
}

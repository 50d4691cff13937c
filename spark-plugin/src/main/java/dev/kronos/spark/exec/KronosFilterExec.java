// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.SparkStep;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.SparkPlan;

/** Keeps the rows for which a condition holds, on the device. */
public final class KronosFilterExec extends KronosStepExec {
  private static final long serialVersionUID = 1L;

  private final Expression condition;

  /**
   * Creates a node.
   *
   * @param condition the condition
   * @param child gives the rows
   */
  public KronosFilterExec(Expression condition, SparkPlan child) {
    super(child);
    this.condition = condition;
  }

  @Override
  SparkStep step() {
    return new SparkStep.Filter(condition);
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {condition, child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return new FilterExec(condition, child());
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosFilterExec(condition, newChild);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.SparkPlan;

/** Converts plans for the device as late as Spark allows: when it puts in columnar transitions. */
public final class KronosColumnarRule extends ColumnarRule {

  /** Creates the rule; one a session. */
  public KronosColumnarRule() {}

  @Override
  public Rule<SparkPlan> preColumnarTransitions() {
    return new ConvertRule();
  }

  @Override
  public Rule<SparkPlan> postColumnarTransitions() {
    return new TransitionRule();
  }

  /** Converts what is supported. */
  private static final class ConvertRule extends Rule<SparkPlan> {
    @Override
    public SparkPlan apply(SparkPlan plan) {
      return Planner.convert(plan);
    }
  }
}

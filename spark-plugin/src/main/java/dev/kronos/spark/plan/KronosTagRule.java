// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkPlan;

/**
 * Looks at the whole plan before adaptive execution cuts it into stages: converts it on trial, so
 * that explanations and strict mode speak of the whole query before any of it runs. Changes
 * nothing: Spark's own adaptive rules have to recognise its nodes; {@link KronosColumnarRule}
 * converts later.
 */
public final class KronosTagRule extends Rule<SparkPlan> {

  /** Creates the rule; one a session. */
  public KronosTagRule() {}

  @Override
  public SparkPlan apply(SparkPlan plan) {
    Planner.convert(plan);
    return plan;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import java.util.function.Function;
import org.apache.spark.sql.execution.SparkPlan;

/**
 * Says how one class of Spark's plan nodes gets to the device: one line of the catalogue.
 *
 * @param sparkClass the class, matched exactly
 * @param check tells whether a node is supported; looks at the node and its children's output only
 * @param convert makes the node that takes the place of a supported one, over the same children
 * @param <P> the class
 */
record NodeRule<P extends SparkPlan>(
    Class<P> sparkClass, Function<P, SupportLevel> check, Function<P, SparkPlan> convert) {

  SupportLevel level(SparkPlan plan) {
    return check.apply(sparkClass.cast(plan));
  }

  SparkPlan converted(SparkPlan plan) {
    return convert.apply(sparkClass.cast(plan));
  }
}

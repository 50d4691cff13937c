// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.Restriction;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.execution.SparkPlan;

/**
 * Says how one class of Spark's plan nodes gets to the device: one line of the catalogue.
 *
 * @param sparkClass the class, matched exactly
 * @param does what runs in its place, in words; empty when nothing does
 * @param restrictions when it stays on the CPU
 * @param check tells whether a node is supported; looks at the node and its children's output only
 * @param convert makes the node that takes the place of a supported one, over the same children
 * @param <P> the class
 */
record NodeRule<P extends SparkPlan>(
    Class<P> sparkClass,
    String does,
    List<Restriction> restrictions,
    Function<P, SupportLevel> check,
    Function<P, SparkPlan> convert) {

  /** Makes a line that says why a class is not converted. */
  static <P extends SparkPlan> NodeRule<P> unsupported(Class<P> type, Restriction restriction) {
    SupportLevel level = new SupportLevel.Unsupported(restriction.about(restriction.when()));
    return new NodeRule<>(type, "", List.of(restriction), plan -> level, plan -> plan);
  }

  /** Returns how a class of nodes is called without the suffix of Spark's classes. */
  static String name(Class<?> type) {
    return type.getSimpleName().replaceFirst("Exec(Node|Base)?$", "");
  }

  SupportLevel level(SparkPlan plan) {
    return check.apply(sparkClass.cast(plan));
  }

  SparkPlan converted(SparkPlan plan) {
    return convert.apply(sparkClass.cast(plan));
  }
}

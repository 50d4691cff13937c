// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;

/** Is one filter or projection of a fused pipeline, in Spark's expressions. Immutable. */
public sealed interface SparkStep extends Serializable {

  /**
   * Keeps the rows for which a condition holds.
   *
   * @param condition the condition
   */
  record Filter(Expression condition) implements SparkStep {}

  /**
   * Computes the columns of the next step.
   *
   * @param expressions one a column
   */
  record Project(List<NamedExpression> expressions) implements SparkStep {
    /** Copies the list. */
    public Project {
      expressions = List.copyOf(expressions);
    }
  }

  /** Returns the columns that leave this step, given those that reach it. */
  default List<Attribute> output(List<Attribute> input) {
    if (this instanceof Project project) {
      List<Attribute> output = new ArrayList<>(project.expressions().size());
      project.expressions().forEach(e -> output.add(e.toAttribute()));
      return output;
    }
    return input;
  }
}

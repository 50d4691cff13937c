// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;

/** Is one step of a fused pipeline, in Spark's expressions. Immutable. */
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

  /**
   * Looks the rows of a join up in a table. Such steps come to be in a task, where tables are.
   *
   * @param shape the join
   * @param table its build side
   */
  record Probe(JoinShape shape, ProbedTable table) implements SparkStep {}

  /** Returns the condition, or the expressions of all columns. */
  default List<Expression> roots() {
    if (this instanceof Filter filter) {
      return List.of(filter.condition());
    }
    return this instanceof Project project
        ? project.expressions().stream().map(Expression.class::cast).toList()
        : List.of();
  }

  /**
   * Returns this step with some nodes of its expressions replaced, those below others first.
   *
   * @param replacement gives what takes a node's place, or empty where it stays
   */
  default SparkStep mapped(Function<Expression, Optional<Expression>> replacement) {
    if (this instanceof Probe) {
      return this;
    }
    ExpressionMapping mapping = new ExpressionMapping(replacement);
    List<Expression> mapped = roots().stream().map(root -> root.transformUp(mapping)).toList();
    return this instanceof Filter
        ? new Filter(mapped.get(0))
        : new Project(mapped.stream().map(NamedExpression.class::cast).toList());
  }

  /** Returns the columns that leave this step, given those that reach it. */
  default List<Attribute> output(List<Attribute> input) {
    if (this instanceof Project project) {
      List<Attribute> output = new ArrayList<>(project.expressions().size());
      project.expressions().forEach(e -> output.add(e.toAttribute()));
      return output;
    }
    return this instanceof Probe probe ? probe.shape().output() : input;
  }
}

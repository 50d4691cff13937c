// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.execution.ScalarSubquery;

/**
 * Replaces the scalar subqueries in filters and projections by literals, which are arguments of
 * kernels: a plan has its kernels whatever its subqueries come to.
 */
public final class ScalarSubqueries {
  private static final Restriction PLACE =
      new Restriction(
          ExpressionTranslator.UNLISTED.reason(),
          "it stands neither in a filter nor in a projection");

  private ScalarSubqueries() {}

  /** Returns the line of the documentation. */
  public static CatalogLine line() {
    return new CatalogLine(
        "Subqueries",
        ScalarSubquery.class.getSimpleName(),
        Coverage.of("(SELECT max(b) FROM c)", TypeSet.ALL, PLACE));
  }

  /** Returns a step with a null of the right type for each subquery, as planning knows no more. */
  public static SparkStep planned(SparkStep step) {
    return replaced(step, subquery -> new Literal(null, subquery.dataType()));
  }

  /**
   * Returns a step with the values of its subqueries.
   *
   * @throws IllegalArgumentException when a subquery has not finished
   */
  public static SparkStep finished(SparkStep step) {
    return replaced(step, subquery -> new Literal(subquery.eval(null), subquery.dataType()));
  }

  private static SparkStep replaced(SparkStep step, Function<ScalarSubquery, Literal> literal) {
    return step.mapped(e -> value(e, literal));
  }

  /** Takes a field out as well: Spark merges subqueries over the same rows into one of a struct. */
  private static Optional<Expression> value(
      Expression expression, Function<ScalarSubquery, Literal> literal) {
    if (expression instanceof ScalarSubquery query) {
      return Optional.of(literal.apply(query));
    }
    return expression instanceof GetStructField field && field.child() instanceof Literal
        ? Optional.of(new Literal(field.eval(null), field.dataType()))
        : Optional.empty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.ScalarSubquery;
import scala.runtime.AbstractPartialFunction;

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
    Replacement replacement = new Replacement(literal);
    if (step instanceof SparkStep.Filter filter) {
      return new SparkStep.Filter(filter.condition().transformUp(replacement));
    }
    return new SparkStep.Project(
        ((SparkStep.Project) step)
            .expressions().stream()
                .map(e -> (NamedExpression) ((Expression) e).transformUp(replacement))
                .toList());
  }

  /** Is a Scala partial function over the nodes of an expression. */
  private static final class Replacement extends AbstractPartialFunction<Expression, Expression> {
    private final Function<ScalarSubquery, Literal> literal;

    Replacement(Function<ScalarSubquery, Literal> literal) {
      this.literal = literal;
    }

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof ScalarSubquery;
    }

    @Override
    public <A extends Expression, B> B applyOrElse(A expression, scala.Function1<A, B> otherwise) {
      @SuppressWarnings("unchecked") // B is what the function gives: an expression
      B result = expression instanceof ScalarSubquery s ? (B) literal.apply(s) : null;
      return result != null ? result : otherwise.apply(expression);
    }
  }
}

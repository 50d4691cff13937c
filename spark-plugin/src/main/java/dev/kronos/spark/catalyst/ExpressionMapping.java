// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.runtime.AbstractPartialFunction;

/** Is a Scala partial function over the nodes of an expression, of a Java function. */
final class ExpressionMapping extends AbstractPartialFunction<Expression, Expression> {
  private final Function<Expression, Optional<Expression>> replacement;

  /**
   * Creates a function.
   *
   * @param replacement gives what takes a node's place, or empty where it stays
   */
  ExpressionMapping(Function<Expression, Optional<Expression>> replacement) {
    this.replacement = replacement;
  }

  @Override
  public boolean isDefinedAt(Expression expression) {
    return replacement.apply(expression).isPresent();
  }

  @Override
  public <A extends Expression, B> B applyOrElse(A expression, scala.Function1<A, B> otherwise) {
    @SuppressWarnings("unchecked") // B is what the function gives: an expression
    B result = (B) replacement.apply(expression).orElse(null);
    return result != null ? result : otherwise.apply(expression);
  }
}

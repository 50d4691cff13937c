// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.function.BiFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.StringSplit;
import org.apache.spark.sql.catalyst.expressions.StringSplitSQL;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import scala.collection.immutable.Seq;

/**
 * Says how one class of Spark's expressions is translated: one line of the catalogue.
 *
 * @param sparkClass the class, matched exactly
 * @param coverage what of it is translated
 * @param function translates an expression of that class; asks the translator for its operands
 * @param subject the operand whose type the coverage is about, counted from 0
 * @param <E> the class
 */
record ExpressionRule<E extends Expression>(
    Class<E> sparkClass,
    Coverage coverage,
    BiFunction<E, ExpressionTranslator, dev.kronos.expression.Expression> function,
    int subject) {

  /** Makes a line whose coverage is about the first operand. */
  ExpressionRule(
      Class<E> sparkClass,
      Coverage coverage,
      BiFunction<E, ExpressionTranslator, dev.kronos.expression.Expression> function) {
    this(sparkClass, coverage, function, 0);
  }

  /** Makes a line that says why a class is not translated. */
  static <E extends Expression> ExpressionRule<E> unsupported(
      Class<E> sparkClass, Restriction restriction) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of("", TypeSet.NONE, restriction),
        (e, translator) -> {
          throw restriction.refusal(restriction.when());
        });
  }

  /** Makes a line for a mark around an expression that changes nothing for the device. */
  static <E extends UnaryExpression> ExpressionRule<E> transparent(Class<E> sparkClass) {
    return new ExpressionRule<>(
        sparkClass, Coverage.internal(TypeSet.ALL), (e, t) -> t.require(e.child()));
  }

  /** Translates an expression of {@link #sparkClass()}. */
  dev.kronos.expression.Expression apply(Expression expression, ExpressionTranslator translator) {
    Seq<Expression> operands = expression.children();
    coverage.require(
        expression.nodeName(),
        operands.isEmpty() ? expression.dataType() : ofParts(operands.apply(subject)).dataType());
    return function.apply(sparkClass.cast(expression), translator);
  }

  /** Returns the string of which an operand is the parts; else the operand. */
  private static Expression ofParts(Expression operand) {
    if (operand instanceof StringSplitSQL split) {
      return split.str();
    }
    return operand instanceof StringSplit split ? split.str() : operand;
  }
}

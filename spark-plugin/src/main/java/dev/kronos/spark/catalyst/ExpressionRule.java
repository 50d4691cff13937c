// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.function.BiFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Says how one class of Spark's expressions is translated: one line of the catalogue.
 *
 * @param sparkClass the class, matched exactly
 * @param function translates an expression of that class; asks the translator for its operands
 * @param <E> the class
 */
record ExpressionRule<E extends Expression>(
    Class<E> sparkClass,
    BiFunction<E, ExpressionTranslator, dev.kronos.expression.Expression> function) {

  /** Makes a line that says why a class is not translated. */
  static <E extends Expression> ExpressionRule<E> unsupported(Class<E> sparkClass, String reason) {
    return new ExpressionRule<>(
        sparkClass,
        (e, translator) -> {
          throw new UntranslatableException(reason);
        });
  }

  /** Translates an expression of {@link #sparkClass()}. */
  dev.kronos.expression.Expression apply(Expression expression, ExpressionTranslator translator) {
    return function.apply(sparkClass.cast(expression), translator);
  }
}

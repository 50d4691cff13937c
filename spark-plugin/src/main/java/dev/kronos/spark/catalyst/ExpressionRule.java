// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.function.BiFunction;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.StringSplit;
import org.apache.spark.sql.catalyst.expressions.StringSplitSQL;
import org.apache.spark.sql.catalyst.expressions.UnBase64;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.catalyst.expressions.Unhex;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
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
        operands.isEmpty() ? expression.dataType() : type(operands.apply(subject)));
    return function.apply(sparkClass.cast(expression), translator);
  }

  private DataType type(Expression operand) {
    return makesBytes(operand) && coverage.types().takesBytes()
        ? DataTypes.StringType
        : ofBytes(operand).dataType();
  }

  /** Tells whether an expression makes bytes that the device has as a string. */
  static boolean makesBytes(Expression expression) {
    return expression instanceof Unhex || expression instanceof UnBase64;
  }

  /** Returns the string of which an operand is the bytes, or the parts; else the operand. */
  static Expression ofBytes(Expression operand) {
    if (operand instanceof StringSplitSQL split) {
      return split.str();
    }
    if (operand instanceof StringSplit split) {
      return split.str();
    }
    boolean toBytes = operand instanceof Cast && operand.dataType().equals(DataTypes.BinaryType);
    return toBytes ? ((Cast) operand).child() : operand;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.Absolute;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Arithmetic.Operator;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Negate;
import dev.kronos.expression.NormalizeFloat;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IntegralDivide;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Pmod;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.optimizer.NormalizeNaNAndZero;

/** Translates arithmetic. Result types, those of decimals above all, are Spark's. */
final class ArithmeticRules {
  static final List<ExpressionRule<?>> RULES =
      List.of(
          binary(Add.class, Operator.ADD, TypeSet.NUMBERS_AND_INTERVALS),
          binary(Subtract.class, Operator.SUBTRACT, TypeSet.NUMBERS_AND_INTERVALS),
          binary(Multiply.class, Operator.MULTIPLY, TypeSet.NUMBERS),
          binary(Divide.class, Operator.DIVIDE, TypeSet.FRACTIONS),
          binary(IntegralDivide.class, Operator.INTEGRAL_DIVIDE, TypeSet.BIGINT_AND_DECIMALS),
          binary(Remainder.class, Operator.REMAINDER, TypeSet.NUMBERS),
          new ExpressionRule<>(
              Pmod.class,
              Coverage.of("pmod(a, b)", TypeSet.NUMBERS, PositiveRemainder.SCALE),
              PositiveRemainder::translate),
          new ExpressionRule<>(
              UnaryMinus.class,
              Coverage.of("-a", TypeSet.NUMBERS_AND_INTERVALS),
              (e, t) -> new Negate(t.require(e.child()), mode(e, e.failOnError()))),
          new ExpressionRule<>(
              Abs.class,
              Coverage.of("abs(a)", TypeSet.NUMBERS_AND_INTERVALS),
              (e, t) -> new Absolute(t.require(e.child()), mode(e, e.failOnError()))),
          new ExpressionRule<>(
              NormalizeNaNAndZero.class,
              Coverage.internal(TypeSet.FLOATS),
              (e, t) -> new NormalizeFloat(t.require(e.child()))));

  private ArithmeticRules() {}

  private static <E extends BinaryArithmetic> ExpressionRule<E> binary(
      Class<E> sparkClass, Operator operator, TypeSet types) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of("a " + operator.symbol() + " b", types),
        (e, t) ->
            new Arithmetic(
                operator,
                t.require(operand(e, 0)),
                t.require(operand(e, 1)),
                TypeTranslator.require(e.dataType()),
                mode(e)));
  }

  /** Sums of intervals are exact or fail, whatever the mode. */
  private static ErrorMode mode(BinaryArithmetic e) {
    return TypeTranslator.isInterval(e.dataType()) ? ErrorMode.ANSI : ErrorModes.of(e.evalMode());
  }

  private static ErrorMode mode(Expression e, boolean failOnError) {
    return ErrorModes.failing(failOnError || TypeTranslator.isInterval(e.dataType()));
  }

  private static Expression operand(BinaryArithmetic expression, int index) {
    return expression.children().apply(index);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.MathFunction;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Acos;
import org.apache.spark.sql.catalyst.expressions.Asin;
import org.apache.spark.sql.catalyst.expressions.Atan;
import org.apache.spark.sql.catalyst.expressions.Atan2;
import org.apache.spark.sql.catalyst.expressions.Cbrt;
import org.apache.spark.sql.catalyst.expressions.Cosh;
import org.apache.spark.sql.catalyst.expressions.Expm1;
import org.apache.spark.sql.catalyst.expressions.Log1p;
import org.apache.spark.sql.catalyst.expressions.Pow;
import org.apache.spark.sql.catalyst.expressions.Sinh;
import org.apache.spark.sql.catalyst.expressions.Tanh;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.catalyst.expressions.WidthBucket;

/** Translates powers, roots and angles: functions that are Java's strict ones in Spark. */
final class PowerRules {
  static final Restriction PROCESSOR =
      new Restriction("function is the processor's", "Java 24 and later leave it to the processor");

  /** The first version of Java whose Math is not StrictMath for some of these. */
  static final int PROCESSORS_JAVA = 24;

  private static final Literal ZERO = new Literal(DataType.FLOAT64, 0.0);

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              Pow.class,
              Coverage.of("pow(a, b)", TypeSet.DOUBLE),
              (e, t) -> Call.of(MathFunction.POW, t.require(e.left()), t.require(e.right()))),
          strict(Expm1.class, "expm1(a)", MathFunction.EXPM1),
          new ExpressionRule<>(
              Log1p.class, Coverage.of("log1p(a)", TypeSet.DOUBLE), PowerRules::log1p),
          byJava(Cbrt.class, "cbrt(a)", MathFunction.CBRT),
          byJava(Sinh.class, "sinh(a)", MathFunction.SINH),
          strict(Cosh.class, "cosh(a)", MathFunction.COSH),
          byJava(Tanh.class, "tanh(a)", MathFunction.TANH),
          strict(Asin.class, "asin(a)", MathFunction.ASIN),
          strict(Acos.class, "acos(a)", MathFunction.ACOS),
          strict(Atan.class, "atan(a)", MathFunction.ATAN),
          new ExpressionRule<>(
              Atan2.class,
              Coverage.of("atan2(a, b)", TypeSet.DOUBLE),
              (e, t) ->
                  Call.of(
                      MathFunction.ATAN2, plain(t.require(e.left())), plain(t.require(e.right())))),
          new ExpressionRule<>(
              WidthBucket.class,
              Coverage.of("width_bucket(a, b, c, d)", TypeSet.DOUBLE),
              WidthBuckets::translate));

  private PowerRules() {}

  private static <E extends UnaryExpression> ExpressionRule<E> strict(
      Class<E> sparkClass, String sql, MathFunction function) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.DOUBLE),
        (e, t) -> Call.of(function, t.require(e.child())));
  }

  private static <E extends UnaryExpression> ExpressionRule<E> byJava(
      Class<E> sparkClass, String sql, MathFunction function) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.DOUBLE, PROCESSOR),
        (e, t) -> {
          if (Runtime.version().feature() >= PROCESSORS_JAVA) {
            throw PROCESSOR.refusal("function=" + function);
          }
          return Call.of(function, t.require(e.child()));
        });
  }

  /** Spark has no logarithm of what is not above zero. */
  private static Expression log1p(Log1p e, ExpressionTranslator t) {
    Expression number = t.require(e.child());
    Literal least = new Literal(DataType.FLOAT64, -1.0);
    Expression refused = new Comparison(Comparison.Operator.LE, number, least);
    return new CaseWhen(
        List.of(new CaseWhen.Branch(refused, Literal.ofNull(DataType.FLOAT64))),
        Call.of(MathFunction.LOG1P, number));
  }

  /** Adds 0, as Spark does, so that there is one zero. */
  private static Expression plain(Expression number) {
    return new Arithmetic(Arithmetic.Operator.ADD, number, ZERO, DataType.FLOAT64, ErrorMode.WRAP);
  }
}

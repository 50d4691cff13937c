// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.FloatDivide;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.WidthBucket;

/** Puts together the number of the part of a range in which a number lies. */
final class WidthBuckets {
  private static final Literal NONE = Literal.ofNull(DataType.INT64);

  private WidthBuckets() {}

  static Expression translate(WidthBucket e, ExpressionTranslator t) {
    Expression value = t.require(e.value());
    Expression min = t.require(e.minValue());
    Expression max = t.require(e.maxValue());
    Expression count = t.require(e.numBucket());
    Expression bucket =
        new CaseWhen(
            List.of(new CaseWhen.Branch(less(min, max), rising(value, min, max, count))),
            falling(value, min, max, count));
    Expression right = new And(both(within(min), within(max)), both(not(min, max), counts(count)));
    Expression wanted = both(right, new Not(isNaN(value)));
    return new CaseWhen(List.of(new CaseWhen.Branch(wanted, bucket)), NONE);
  }

  private static Expression both(Expression a, Expression b) {
    return new And(a, b);
  }

  private static Expression compare(Comparison.Operator operator, Expression a, Expression b) {
    return new Comparison(operator, a, b);
  }

  private static Expression less(Expression a, Expression b) {
    return compare(Comparison.Operator.LT, a, b);
  }

  private static Expression not(Expression a, Expression b) {
    return new Not(compare(Comparison.Operator.EQ, a, b));
  }

  private static Expression isNaN(Expression number) {
    return compare(Comparison.Operator.EQ, number, new Literal(DataType.FLOAT64, Double.NaN));
  }

  /** A NaN is the greatest number. */
  private static Expression within(Expression end) {
    Literal most = new Literal(DataType.FLOAT64, Double.MAX_VALUE);
    Literal least = new Literal(DataType.FLOAT64, -Double.MAX_VALUE);
    return both(
        compare(Comparison.Operator.LE, end, most), compare(Comparison.Operator.GE, end, least));
  }

  private static Expression counts(Expression count) {
    return both(less(whole(0), count), less(count, whole(Long.MAX_VALUE)));
  }

  private static Literal whole(long value) {
    return new Literal(DataType.INT64, value);
  }

  private static Expression arithmetic(Arithmetic.Operator operator, Expression a, Expression b) {
    return new Arithmetic(operator, a, b, a.type(), ErrorMode.WRAP);
  }

  private static Expression rising(
      Expression value, Expression min, Expression max, Expression count) {
    Expression above = compare(Comparison.Operator.GE, value, max);
    Expression way = arithmetic(Arithmetic.Operator.SUBTRACT, value, min);
    return choice(less(value, min), above, part(way, min, max, count), count);
  }

  private static Expression falling(
      Expression value, Expression min, Expression max, Expression count) {
    Expression below = compare(Comparison.Operator.LE, value, max);
    Expression way = arithmetic(Arithmetic.Operator.SUBTRACT, min, value);
    return choice(less(min, value), below, part(way, max, min, count), count);
  }

  private static Expression choice(
      Expression before, Expression behind, Expression part, Expression count) {
    return new CaseWhen(
        List.of(
            new CaseWhen.Branch(before, whole(0)),
            new CaseWhen.Branch(behind, arithmetic(Arithmetic.Operator.ADD, count, whole(1)))),
        arithmetic(Arithmetic.Operator.ADD, part, whole(1)));
  }

  /** In Spark's order of operations. */
  private static Expression part(
      Expression way, Expression lower, Expression upper, Expression count) {
    Expression number = new Cast(count, DataType.FLOAT64, ErrorMode.ANSI);
    Expression product = arithmetic(Arithmetic.Operator.MULTIPLY, number, way);
    Expression width = arithmetic(Arithmetic.Operator.SUBTRACT, upper, lower);
    return new Cast(new FloatDivide(product, width), DataType.INT64, ErrorMode.WRAP);
  }
}

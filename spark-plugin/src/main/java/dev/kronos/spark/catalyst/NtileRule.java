// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Arithmetic.Operator;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.window.WindowCall;
import dev.kronos.operator.window.WindowFunction;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.NTile;

/**
 * Divides the rows of a partition into buckets of equal sizes, of which the first ones have a row
 * more where rows are left over.
 */
final class NtileRule {
  private NtileRule() {}

  static Expression of(NTile function, WindowBuilder b) {
    Expression buckets = number(PickRules.constant(function.buckets()));
    Expression one = number(1);
    Expression before = minus(wide(b.call(WindowCall.rank(WindowFunction.ROW_NUMBER))), one);
    Expression rows = WindowCatalog.rows(b);
    Expression size = of(Operator.INTEGRAL_DIVIDE, rows, buckets);
    Expression left = of(Operator.REMAINDER, rows, buckets);
    Expression larger = of(Operator.ADD, size, one);
    Expression inLarger = of(Operator.MULTIPLY, left, larger);
    Expression first = of(Operator.INTEGRAL_DIVIDE, before, larger);
    // Where buckets are more than rows, all rows are in larger buckets: the size is no divisor.
    Expression later =
        of(Operator.ADD, left, of(Operator.INTEGRAL_DIVIDE, minus(before, inLarger), size));
    Expression bucket =
        new CaseWhen(
            List.of(
                new CaseWhen.Branch(
                    new Comparison(Comparison.Operator.LT, before, inLarger), first)),
            later);
    return new Cast(of(Operator.ADD, bucket, one), DataType.INT32, ErrorMode.ANSI);
  }

  private static Expression number(long value) {
    return new Literal(DataType.INT64, value);
  }

  private static Expression wide(Expression value) {
    return new Cast(value, DataType.INT64, ErrorMode.ANSI);
  }

  private static Expression minus(Expression left, Expression right) {
    return of(Operator.SUBTRACT, left, right);
  }

  private static Expression of(Operator operator, Expression left, Expression right) {
    return new Arithmetic(operator, left, right, DataType.INT64, ErrorMode.ANSI);
  }
}

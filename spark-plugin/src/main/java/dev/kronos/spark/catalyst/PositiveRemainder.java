// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import dev.kronos.expression.And;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Arithmetic.Operator;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Pmod;

/**
 * Translates {@code pmod}: the remainder r of a by b, or where that is negative the remainder of r
 * plus b, which b being positive is r plus b.
 */
final class PositiveRemainder {
  static final Restriction SCALE =
      new Restriction(
          "remainder is rounded", "its decimal has fewer places than an operand, for its length");

  private PositiveRemainder() {}

  static Expression translate(Pmod e, ExpressionTranslator t) {
    Expression left = t.require(e.left());
    Expression right = t.require(e.right());
    DataType type = TypeTranslator.require(e.dataType());
    ErrorMode mode = ErrorModes.of(e.evalMode());
    if (type.isDecimal() && type.scale() < Math.max(left.type().scale(), right.type().scale())) {
      throw SCALE.refusal("type=" + type);
    }
    Expression rest = new Arithmetic(Operator.REMAINDER, left, right, type, mode);
    boolean wraps = type.isFloating() || type.kind() == Kind.INT32 || type.kind() == Kind.INT64;
    return wraps ? wrapping(rest, right) : fitting(rest, right, mode);
  }

  /** As Spark computes: the sum may wrap around or round. */
  private static Expression wrapping(Expression rest, Expression divisor) {
    DataType type = rest.type();
    Expression sum = new Arithmetic(Operator.ADD, rest, divisor, type, ErrorMode.WRAP);
    Expression again = new Arithmetic(Operator.REMAINDER, sum, divisor, type, ErrorMode.WRAP);
    return chosen(below(rest), again, rest);
  }

  /** Spark computes in wider numbers, so that nothing wraps before the result is made. */
  private static Expression fitting(Expression rest, Expression divisor, ErrorMode mode) {
    Expression positive = new Comparison(Comparison.Operator.GT, divisor, zero(divisor.type()));
    Expression sum = new Arithmetic(Operator.ADD, rest, divisor, rest.type(), mode);
    return chosen(new And(below(rest), positive), sum, rest);
  }

  private static Expression chosen(Expression condition, Expression value, Expression otherwise) {
    return new CaseWhen(List.of(new CaseWhen.Branch(condition, value)), otherwise);
  }

  private static Expression below(Expression number) {
    return new Comparison(Comparison.Operator.LT, number, zero(number.type()));
  }

  private static Expression zero(DataType type) {
    return new Cast(new Literal(DataType.INT64, 0L), type, ErrorMode.WRAP);
  }
}

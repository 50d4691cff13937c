// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Arithmetic.Operator;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.TimeFunction;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.DivideDTInterval;
import org.apache.spark.sql.catalyst.expressions.DivideYMInterval;
import org.apache.spark.sql.catalyst.expressions.MultiplyDTInterval;
import org.apache.spark.sql.catalyst.expressions.MultiplyYMInterval;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.TryEval;

/**
 * Translates products and quotients of intervals and numbers, which are rounded half away from zero
 * and fail where they leave the range, in every mode; and what tries them.
 */
final class IntervalScaling {
  /** Spark rounds a product of more digits before it looks at its whole part. */
  static final Restriction DIGITS =
      new Restriction(
          "decimal has too many digits", "the decimal has more than 20 digits, or 29 for months");

  static final Restriction TRIED =
      new Restriction(
          "TryEval is not supported",
          "it catches errors of more than one sum, product or quotient of intervals");

  /** Digits that Spark keeps of a product. */
  private static final int CONTEXT_DIGITS = 39;

  private static final DataType MONTHS = DataType.decimal(10, 0);
  private static final DataType MICROS = DataType.decimal(19, 0);
  private static final DataType WHOLE = DataType.decimal(38, 0);

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              MultiplyYMInterval.class,
              Coverage.of("interval * a", TypeSet.INTERVALS, DIGITS),
              (e, t) -> Scaling.of(e.interval(), e.num(), t).product(ErrorMode.ANSI)),
          new ExpressionRule<>(
              MultiplyDTInterval.class,
              Coverage.of("interval * a", TypeSet.INTERVALS, DIGITS),
              (e, t) -> Scaling.of(e.interval(), e.num(), t).product(ErrorMode.ANSI)),
          new ExpressionRule<>(
              DivideYMInterval.class,
              Coverage.of("interval / a", TypeSet.INTERVALS),
              (e, t) -> Scaling.of(e.interval(), e.num(), t).quotient(ErrorMode.ANSI)),
          new ExpressionRule<>(
              DivideDTInterval.class,
              Coverage.of("interval / a", TypeSet.INTERVALS),
              (e, t) -> Scaling.of(e.interval(), e.num(), t).quotient(ErrorMode.ANSI)),
          new ExpressionRule<>(
              TryEval.class,
              Coverage.of(
                  "try_add(a, b), try_subtract(a, b), try_multiply(a, b), try_divide(a, b)",
                  TypeSet.INTERVALS,
                  DIGITS,
                  TRIED),
              (e, t) -> tried(e.child(), t)));

  private IntervalScaling() {}

  /** Gives null where the outermost operation fails; its operands may not. */
  private static Expression tried(
      org.apache.spark.sql.catalyst.expressions.Expression e, ExpressionTranslator t) {
    for (int i = 0; i < e.children().size(); i++) {
      if (t.require(e.children().apply(i)).mayRaise()) {
        throw TRIED.refusal(e.sql());
      }
    }
    if (e instanceof MultiplyYMInterval m) {
      return Scaling.of(m.interval(), m.num(), t).product(ErrorMode.NULL);
    }
    if (e instanceof MultiplyDTInterval m) {
      return Scaling.of(m.interval(), m.num(), t).product(ErrorMode.NULL);
    }
    if (e instanceof DivideYMInterval d) {
      return Scaling.of(d.interval(), d.num(), t).quotient(ErrorMode.NULL);
    }
    if (e instanceof DivideDTInterval d) {
      return Scaling.of(d.interval(), d.num(), t).quotient(ErrorMode.NULL);
    }
    if (e instanceof Add || e instanceof Subtract) {
      Expression left = t.require(e.children().head());
      Operator operator = e instanceof Add ? Operator.ADD : Operator.SUBTRACT;
      return new Arithmetic(
          operator, left, t.require(e.children().apply(1)), left.type(), ErrorMode.NULL);
    }
    throw TRIED.refusal(e.sql());
  }

  /** Holds an interval and a number. */
  private record Scaling(Expression interval, Expression number) {
    static Scaling of(
        org.apache.spark.sql.catalyst.expressions.Expression interval,
        org.apache.spark.sql.catalyst.expressions.Expression number,
        ExpressionTranslator t) {
      return new Scaling(t.require(interval), t.require(number));
    }

    Expression product(ErrorMode mode) {
      if (number.type().isDecimal()) {
        if (exact().type().precision() + number.type().precision() > CONTEXT_DIGITS) {
          throw DIGITS.refusal(number.type().toString());
        }
        return narrow(new Arithmetic(Operator.MULTIPLY, exact(), number, WHOLE, mode), mode);
      }
      Expression span = as(DataType.INT64, interval);
      if (number.type().isFloating()) {
        Expression by = as(DataType.FLOAT64, number);
        return narrow(new Call(TimeFunction.SPAN_TIMES, List.of(span, by), mode), mode);
      }
      Expression by = as(DataType.INT64, number);
      return narrow(new Arithmetic(Operator.MULTIPLY, span, by, DataType.INT64, mode), mode);
    }

    Expression quotient(ErrorMode mode) {
      if (number.type().isDecimal()) {
        Expression exact = new Arithmetic(Operator.DIVIDE, exact(), number, WHOLE, mode);
        Expression narrow = narrow(exact, mode);
        // Decimals are divided from the right, intervals from the left.
        boolean anyOrder = !interval.mayRaise() && !number.mayRaise();
        return anyOrder ? narrow : CaseWhen.orNull(new IsNotNull(interval), narrow);
      }
      DataType type = number.type().isFloating() ? DataType.FLOAT64 : DataType.INT64;
      List<Expression> operands = List.of(as(DataType.INT64, interval), as(type, number));
      return narrow(new Call(TimeFunction.SPAN_OVER, operands, mode), mode);
    }

    private Expression exact() {
      return new Cast(
          interval, interval.type().equals(DataType.INT32) ? MONTHS : MICROS, ErrorMode.ANSI);
    }

    private Expression narrow(Expression value, ErrorMode mode) {
      return value.type().equals(interval.type()) ? value : new Cast(value, interval.type(), mode);
    }

    private static Expression as(DataType type, Expression value) {
      return value.type().equals(type) ? value : new Cast(value, type, ErrorMode.ANSI);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.CheckOverflow;
import org.apache.spark.sql.catalyst.expressions.CheckOverflowInSum;
import org.apache.spark.sql.catalyst.expressions.DecimalDivideWithOverflowCheck;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;

/** Translates the decimal expressions that only Spark's planner writes. */
final class DecimalRules {
  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              UnscaledValue.class,
              Coverage.internal(TypeSet.LONG_DECIMALS),
              (e, t) -> new dev.kronos.expression.UnscaledValue(t.require(e.child()))),
          new ExpressionRule<>(
              MakeDecimal.class,
              Coverage.internal(TypeSet.BIGINT),
              (e, t) ->
                  new dev.kronos.expression.MakeDecimal(
                      t.require(e.child()),
                      TypeTranslator.require(e.dataType()),
                      ErrorModes.nulling(e.nullOnOverflow()))),
          new ExpressionRule<>(
              CheckOverflow.class,
              Coverage.internal(TypeSet.DECIMALS),
              (e, t) ->
                  rounded(
                      t.require(e.child()),
                      TypeTranslator.require(e.dataType()),
                      ErrorModes.nulling(e.nullOnOverflow()))),
          new ExpressionRule<>(
              CheckOverflowInSum.class,
              Coverage.internal(TypeSet.DECIMALS),
              DecimalRules::checkedSum),
          new ExpressionRule<>(
              DecimalDivideWithOverflowCheck.class,
              Coverage.internal(TypeSet.DECIMALS),
              DecimalRules::checkedQuotient));

  private DecimalRules() {}

  private static Expression rounded(Expression value, DataType type, ErrorMode mode) {
    return value.type().equals(type) ? value : new Cast(value, type, mode);
  }

  private static Expression checkedSum(CheckOverflowInSum e, ExpressionTranslator t) {
    DataType type = TypeTranslator.require(e.dataType());
    ErrorMode mode = ErrorModes.nulling(e.nullOnOverflow());
    Expression sum = t.require(e.child());
    return failingOnNull(sum, rounded(sum, type, mode), mode);
  }

  private static Expression checkedQuotient(
      DecimalDivideWithOverflowCheck e, ExpressionTranslator t) {
    DataType type = TypeTranslator.require(e.dataType());
    ErrorMode mode = ErrorModes.nulling(e.nullOnOverflow());
    Expression sum = t.require(e.left());
    Expression quotient =
        new Arithmetic(Arithmetic.Operator.DIVIDE, sum, t.require(e.right()), type, mode);
    return failingOnNull(sum, quotient, mode);
  }

  /** A null sum says that it overflowed: an error in ANSI mode, null otherwise. */
  private static Expression failingOnNull(Expression sum, Expression result, ErrorMode mode) {
    if (mode != ErrorMode.ANSI) {
      return result;
    }
    CaseWhen.Branch overflow =
        new CaseWhen.Branch(new IsNull(sum), new Cast(failure(), result.type(), ErrorMode.NULL));
    return new CaseWhen(List.of(overflow), result);
  }

  /** An INT64 that puts its row in error; which error is found out by running the row in Spark. */
  private static Expression failure() {
    return new Arithmetic(
        Arithmetic.Operator.INTEGRAL_DIVIDE,
        new Literal(DataType.INT64, 1L),
        new Literal(DataType.INT64, 0L),
        DataType.INT64,
        ErrorMode.ANSI);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Cast;
import dev.kronos.expression.DatePart;
import dev.kronos.expression.DatePart.Field;
import dev.kronos.expression.DateRound;
import dev.kronos.expression.DateRound.Boundary;
import dev.kronos.expression.DateShift;
import dev.kronos.expression.DateShift.Operator;
import dev.kronos.expression.ErrorMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.AddMonths;
import org.apache.spark.sql.catalyst.expressions.BinaryExpression;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateDiff;
import org.apache.spark.sql.catalyst.expressions.DateSub;
import org.apache.spark.sql.catalyst.expressions.DayOfMonth;
import org.apache.spark.sql.catalyst.expressions.DayOfWeek;
import org.apache.spark.sql.catalyst.expressions.DayOfYear;
import org.apache.spark.sql.catalyst.expressions.LastDay;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Month;
import org.apache.spark.sql.catalyst.expressions.Quarter;
import org.apache.spark.sql.catalyst.expressions.TruncDate;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.catalyst.expressions.WeekDay;
import org.apache.spark.sql.catalyst.expressions.Year;

/** Translates functions of dates. */
final class DateRules {
  static final Restriction PERIOD =
      new Restriction(
          "period is not supported", "it is not a constant: year, quarter, month or week");
  private static final Map<String, Boundary> PERIODS =
      Map.of(
          "YEAR", Boundary.YEAR,
          "YYYY", Boundary.YEAR,
          "YY", Boundary.YEAR,
          "QUARTER", Boundary.QUARTER,
          "MONTH", Boundary.MONTH,
          "MON", Boundary.MONTH,
          "MM", Boundary.MONTH,
          "WEEK", Boundary.WEEK);
  static final List<ExpressionRule<?>> RULES =
      List.of(
          part(Year.class, "year(a)", Field.YEAR),
          part(Quarter.class, "quarter(a)", Field.QUARTER),
          part(Month.class, "month(a)", Field.MONTH),
          part(DayOfMonth.class, "day(a)", Field.DAY_OF_MONTH),
          part(DayOfYear.class, "dayofyear(a)", Field.DAY_OF_YEAR),
          part(DayOfWeek.class, "dayofweek(a)", Field.DAY_OF_WEEK),
          part(WeekDay.class, "weekday(a)", Field.WEEKDAY),
          shift(DateAdd.class, "date_add(a, b)", Operator.ADD_DAYS),
          shift(DateSub.class, "date_sub(a, b)", Operator.SUBTRACT_DAYS),
          shift(DateDiff.class, "datediff(a, b)", Operator.DIFFERENCE),
          shift(AddMonths.class, "add_months(a, b)", Operator.ADD_MONTHS),
          new ExpressionRule<>(
              LastDay.class,
              Coverage.of("last_day(a)", TypeSet.DATE),
              (e, t) -> new DateRound(Boundary.LAST_DAY, t.require(e.startDate()))),
          new ExpressionRule<>(
              TruncDate.class,
              Coverage.of("trunc(a, 'month')", TypeSet.DATE, PERIOD),
              (e, t) -> new DateRound(period(e), t.require(e.date()))));

  private DateRules() {}

  private static <E extends UnaryExpression> ExpressionRule<E> part(
      Class<E> sparkClass, String sql, Field field) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.DATE),
        (e, t) -> new DatePart(field, t.require(e.child())));
  }

  private static <E extends BinaryExpression> ExpressionRule<E> shift(
      Class<E> sparkClass, String sql, Operator operator) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.DATE),
        (e, t) ->
            new DateShift(
                operator,
                t.require(e.children().apply(0)),
                whole(t.require(e.children().apply(1)))));
  }

  /** Spark takes days of narrower types as they are. */
  private static dev.kronos.expression.Expression whole(dev.kronos.expression.Expression amount) {
    return amount.type().isIntegral() && !amount.type().equals(DataType.INT32)
        ? new Cast(amount, DataType.INT32, ErrorMode.ANSI)
        : amount;
  }

  private static Boundary period(TruncDate e) {
    return Optional.of(e.format())
        .filter(Literal.class::isInstance)
        .map(format -> ((Literal) format).value())
        .map(name -> PERIODS.get(name.toString().toUpperCase(Locale.ROOT)))
        .orElseThrow(() -> PERIOD.refusal("period=" + e.format()));
  }
}

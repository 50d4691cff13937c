// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Call;
import dev.kronos.expression.Cast;
import dev.kronos.expression.DatePart;
import dev.kronos.expression.DatePart.Field;
import dev.kronos.expression.DateRound;
import dev.kronos.expression.DateRound.Boundary;
import dev.kronos.expression.DateShift;
import dev.kronos.expression.DateShift.Operator;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Substring;
import dev.kronos.expression.TimeFunction;
import dev.kronos.expression.Utf8;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.AddMonths;
import org.apache.spark.sql.catalyst.expressions.BinaryExpression;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.DateDiff;
import org.apache.spark.sql.catalyst.expressions.DateFromUnixDate;
import org.apache.spark.sql.catalyst.expressions.DateSub;
import org.apache.spark.sql.catalyst.expressions.DayName;
import org.apache.spark.sql.catalyst.expressions.DayOfMonth;
import org.apache.spark.sql.catalyst.expressions.DayOfWeek;
import org.apache.spark.sql.catalyst.expressions.DayOfYear;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LastDay;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MakeDate;
import org.apache.spark.sql.catalyst.expressions.Month;
import org.apache.spark.sql.catalyst.expressions.MonthName;
import org.apache.spark.sql.catalyst.expressions.NextDay;
import org.apache.spark.sql.catalyst.expressions.Quarter;
import org.apache.spark.sql.catalyst.expressions.TruncDate;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.catalyst.expressions.UnixDate;
import org.apache.spark.sql.catalyst.expressions.WeekDay;
import org.apache.spark.sql.catalyst.expressions.WeekOfYear;
import org.apache.spark.sql.catalyst.expressions.Year;
import org.apache.spark.sql.catalyst.expressions.YearOfWeek;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.unsafe.types.UTF8String;

/** Translates functions of dates. */
final class DateRules {
  static final Restriction PERIOD =
      new Restriction(
          "period is not supported", "it is not a constant: year, quarter, month or week");
  static final Restriction WEEKDAY =
      new Restriction("day of the week is not supported", "it is not a constant name of one");
  static final Map<String, Boundary> PERIODS =
      Map.of(
          "YEAR", Boundary.YEAR,
          "YYYY", Boundary.YEAR,
          "YY", Boundary.YEAR,
          "QUARTER", Boundary.QUARTER,
          "MONTH", Boundary.MONTH,
          "MON", Boundary.MONTH,
          "MM", Boundary.MONTH,
          "WEEK", Boundary.WEEK);

  /** Three letters each, from where the numbers of the field begin. */
  private static final String DAYS = "MonTueWedThuFriSatSun";

  private static final String MONTHS = "   JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int NAME_SIZE = 3;

  static final List<ExpressionRule<?>> RULES =
      List.of(
          part(Year.class, "year(a)", Field.YEAR),
          part(Quarter.class, "quarter(a)", Field.QUARTER),
          part(Month.class, "month(a)", Field.MONTH),
          part(DayOfMonth.class, "day(a)", Field.DAY_OF_MONTH),
          part(DayOfYear.class, "dayofyear(a)", Field.DAY_OF_YEAR),
          part(DayOfWeek.class, "dayofweek(a)", Field.DAY_OF_WEEK),
          part(WeekDay.class, "weekday(a)", Field.WEEKDAY),
          part(WeekOfYear.class, "weekofyear(a)", Field.WEEK_OF_YEAR),
          part(YearOfWeek.class, "extract(YEAROFWEEK FROM a)", Field.YEAR_OF_WEEK),
          name(DayName.class, "dayname(a)", Field.WEEKDAY, DAYS),
          name(MonthName.class, "monthname(a)", Field.MONTH, MONTHS),
          new ExpressionRule<>(
              NextDay.class,
              Coverage.of("next_day(a, 'MO')", TypeSet.DATE, WEEKDAY),
              (e, t) -> Call.of(TimeFunction.NEXT_DAY, t.require(e.left()), weekday(e.right()))),
          new ExpressionRule<>(
              MakeDate.class, Coverage.of("make_date(a, b, c)", TypeSet.INT), DateRules::madeDate),
          new ExpressionRule<>(
              UnixDate.class,
              Coverage.of("unix_date(a)", TypeSet.DATE),
              (e, t) -> Call.of(TimeFunction.DAYS, t.require(e.child()))),
          new ExpressionRule<>(
              DateFromUnixDate.class,
              Coverage.of("date_from_unix_date(a)", TypeSet.INT),
              (e, t) -> Call.of(TimeFunction.OF_DAYS, t.require(e.child()))),
          new ExpressionRule<>(
              DateAddYMInterval.class,
              Coverage.of("a + INTERVAL '1' MONTH", TypeSet.DATE),
              (e, t) ->
                  new DateShift(Operator.ADD_MONTHS, t.require(e.date()), t.require(e.interval()))),
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

  private static <E extends UnaryExpression> ExpressionRule<E> name(
      Class<E> sparkClass, String sql, Field field, String names) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.DATE),
        (e, t) ->
            new Substring(
                new dev.kronos.expression.Literal(DataType.STRING, Utf8.of(names)),
                plus(times(new DatePart(field, t.require(e.child())))),
                number(NAME_SIZE)));
  }

  private static dev.kronos.expression.Expression times(dev.kronos.expression.Expression part) {
    return new Arithmetic(
        Arithmetic.Operator.MULTIPLY, part, number(NAME_SIZE), DataType.INT32, ErrorMode.WRAP);
  }

  private static dev.kronos.expression.Expression plus(dev.kronos.expression.Expression part) {
    return new Arithmetic(Arithmetic.Operator.ADD, part, number(1), DataType.INT32, ErrorMode.WRAP);
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

  private static dev.kronos.expression.Literal number(int value) {
    return new dev.kronos.expression.Literal(DataType.INT32, value);
  }

  private static dev.kronos.expression.Literal weekday(Expression name) {
    if (name instanceof Literal literal && literal.value() instanceof UTF8String day) {
      try {
        return number(DateTimeUtils.getDayOfWeekFromString(day));
      } catch (RuntimeException e) {
        // Spark's own error, or null, is made where a row asks for it.
        throw WEEKDAY.refusal("day=" + name);
      }
    }
    throw WEEKDAY.refusal("day=" + name);
  }

  private static dev.kronos.expression.Expression madeDate(MakeDate e, ExpressionTranslator t) {
    dev.kronos.expression.Expression month = t.require(e.month());
    dev.kronos.expression.Expression day = t.require(e.day());
    dev.kronos.expression.Expression year =
        Call.of(TimeFunction.YEAR_IN_REACH, t.require(e.year()), month, day);
    ErrorMode mode = e.failOnError() ? ErrorMode.ANSI : ErrorMode.NULL;
    return new Call(TimeFunction.MAKE_DATE, List.of(year, month, day), mode);
  }

  private static Boundary period(TruncDate e) {
    return Optional.of(e.format())
        .filter(Literal.class::isInstance)
        .map(format -> ((Literal) format).value())
        .map(name -> PERIODS.get(name.toString().toUpperCase(Locale.ROOT)))
        .orElseThrow(() -> PERIOD.refusal("period=" + e.format()));
  }
}

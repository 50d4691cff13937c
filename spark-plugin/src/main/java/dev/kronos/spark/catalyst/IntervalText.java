// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Absolute;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Arithmetic.Operator;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Concat;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Substring;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.expression.TimeFunction;
import dev.kronos.expression.Utf8;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * Writes intervals as literals of SQL, such as {@code INTERVAL '-1 02:03:04.5' DAY TO SECOND}. The
 * first field is as long as it needs to be; of days and times, those from hours on have two digits
 * at least, and fractions of seconds end without zeros.
 *
 * <p>Fields are taken by division, which rounds toward zero, before signs are: the smallest
 * interval has no counterpart.
 */
final class IntervalText {
  private static final long MONTHS_PER_YEAR = 12;

  /** Microseconds of the fields of intervals, by Spark's number. */
  private static final List<Long> UNITS =
      List.of(
          TimeUnit.DAYS.toMicros(1),
          TimeUnit.HOURS.toMicros(1),
          TimeUnit.MINUTES.toMicros(1),
          TimeUnit.SECONDS.toMicros(1));

  /** Characters of a time that come before what stands behind each field; days are not in it. */
  private static final List<Integer> BEHIND =
      List.of(
          "1970-01-01".length(),
          "1970-01-01 00".length(),
          "1970-01-01 00:00".length(),
          "1970-01-01 00:00:00".length());

  /** More characters than a time has. */
  private static final int ALL = 32;

  private IntervalText() {}

  /** Writes an interval of months, which are INT32. */
  static Expression of(Expression months, YearMonthIntervalType type) {
    Expression all = new Cast(months, DataType.INT64, ErrorMode.ANSI);
    boolean onlyMonths = type.startField() == YearMonthIntervalType.MONTH();
    Expression first = digits(magnitude(Operator.INTEGRAL_DIVIDE, all, unit(onlyMonths)));
    String start = YearMonthIntervalType.fieldToString(type.startField());
    String end = YearMonthIntervalType.fieldToString(type.endField());
    Expression rest =
        start.equals(end)
            ? text("")
            : new Concat(
                Concat.Kind.PLAIN,
                List.of(text("-"), digits(magnitude(Operator.REMAINDER, all, MONTHS_PER_YEAR))));
    return literal(all, List.of(first, rest), start, end);
  }

  private static long unit(boolean onlyMonths) {
    return onlyMonths ? 1 : MONTHS_PER_YEAR;
  }

  /** Writes an interval of microseconds, which are INT64. */
  static Expression of(Expression micros, DayTimeIntervalType type) {
    int startField = type.startField();
    int endField = type.endField();
    Expression count = magnitude(Operator.INTEGRAL_DIVIDE, micros, UNITS.get(startField));
    boolean isDays = startField == DayTimeIntervalType.DAY();
    Expression first = isDays ? digits(count) : twoDigits(count);
    int from = BEHIND.get(startField);
    int length = endField == DayTimeIntervalType.SECOND() ? ALL : BEHIND.get(endField) - from;
    Expression rest = length == 0 ? text("") : part(time(micros), from, length);
    String start = DayTimeIntervalType.fieldToString(type.startField());
    String end = DayTimeIntervalType.fieldToString(type.endField());
    return literal(micros, List.of(first, rest), start, end);
  }

  /** Writes what is left of days as a time of the first day there is. */
  private static Expression time(Expression micros) {
    Expression rest = magnitude(Operator.REMAINDER, micros, UNITS.get(0));
    Expression instant = Call.of(TimeFunction.OF_UNITS, rest, TimeRules.wide(1));
    return TextCall.of(TextFunction.TIME, instant, new Literal(DataType.INT32, 0));
  }

  private static Expression part(Expression text, int before, int length) {
    return new Substring(
        text, new Literal(DataType.INT32, before + 1), new Literal(DataType.INT32, length));
  }

  private static Expression literal(
      Expression interval, List<Expression> fields, String start, String end) {
    Expression isNegative = new Comparison(Comparison.Operator.LT, interval, TimeRules.wide(0));
    Expression head = choose(isNegative, text("INTERVAL '-"), text("INTERVAL '"));
    String names = start.equals(end) ? start : start + " to " + end;
    Expression tail = text("' " + names.toUpperCase(Locale.ROOT));
    return new Concat(Concat.Kind.PLAIN, List.of(head, fields.get(0), fields.get(1), tail));
  }

  private static Expression magnitude(Operator operator, Expression value, long unit) {
    Expression part =
        new Arithmetic(operator, value, TimeRules.wide(unit), DataType.INT64, ErrorMode.ANSI);
    return new Absolute(part, ErrorMode.ANSI);
  }

  private static Expression digits(Expression number) {
    return new Cast(number, DataType.STRING, ErrorMode.ANSI);
  }

  private static Expression twoDigits(Expression number) {
    Expression isShort = new Comparison(Comparison.Operator.LT, number, TimeRules.wide(10));
    Expression digits = digits(number);
    return new Concat(Concat.Kind.PLAIN, List.of(choose(isShort, text("0"), text("")), digits));
  }

  private static Expression choose(Expression condition, Expression yes, Expression no) {
    return new CaseWhen(List.of(new CaseWhen.Branch(condition, yes)), no);
  }

  private static Literal text(String text) {
    return new Literal(DataType.STRING, Utf8.of(text));
  }
}

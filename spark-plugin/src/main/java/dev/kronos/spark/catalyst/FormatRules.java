// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Call;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.FormatFunction;
import dev.kronos.expression.Literal;
import dev.kronos.expression.TimeFunction;
import dev.kronos.expression.TimePattern;
import dev.kronos.expression.ZonedTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.expressions.DateFormatClass;
import org.apache.spark.sql.catalyst.expressions.FromUnixTime;
import org.apache.spark.sql.catalyst.expressions.GetTimestamp;
import org.apache.spark.sql.catalyst.expressions.MakeTimestamp;
import org.apache.spark.sql.catalyst.expressions.TimeZoneAwareExpression;
import org.apache.spark.sql.catalyst.expressions.ToUnixTimestamp;
import org.apache.spark.sql.catalyst.expressions.UnixTime;
import org.apache.spark.sql.catalyst.expressions.UnixTimestamp;
import org.apache.spark.sql.internal.SQLConf;

/** Translates times that are written and read by patterns, and times made of parts. */
final class FormatRules {
  static final Restriction PATTERN =
      new Restriction(
          "pattern is not supported",
          "it is not a constant of y, M, d, H, m, s, S and plain characters, and for writing of E,"
              + " h and a, or Spark's legacy parser is asked for");

  private static final String LEGACY = "LEGACY";
  private static final String CORRECTED = "CORRECTED";
  private static final Literal SECOND = new Literal(DataType.INT64, TimeUnit.SECONDS.toMicros(1));

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              DateFormatClass.class,
              Coverage.of("date_format(a, 'yyyy-MM-dd')", TypeSet.TIMESTAMP, PATTERN),
              (e, t) ->
                  written(t.require(e.left()), e.right(), Zones.of((TimeZoneAwareExpression) e))),
          new ExpressionRule<>(
              FromUnixTime.class,
              Coverage.of("from_unixtime(a, 'yyyy-MM-dd')", TypeSet.BIGINT, PATTERN),
              FormatRules::fromUnixTime),
          new ExpressionRule<>(
              GetTimestamp.class,
              Coverage.of("to_timestamp(a, 'yyyy-MM-dd')", TypeSet.STRINGS, PATTERN),
              FormatRules::read),
          unix(UnixTimestamp.class, "unix_timestamp(a, 'yyyy-MM-dd')"),
          unix(ToUnixTimestamp.class, "to_unix_timestamp(a, 'yyyy-MM-dd')"),
          new ExpressionRule<>(
              MakeTimestamp.class,
              Coverage.of("make_timestamp(a, b, c, d, e, f, 'zone')", TypeSet.INT, TimeRules.ZONE),
              FormatRules::made));

  private FormatRules() {}

  private static TimePattern pattern(
      org.apache.spark.sql.catalyst.expressions.Expression text, TimePattern.Use use) {
    String policy = SQLConf.get().legacyTimeParserPolicy().toString();
    // Between the two Spark fails where the older parser would have read something else.
    boolean known =
        use == TimePattern.Use.WRITE ? !policy.equals(LEGACY) : policy.equals(CORRECTED);
    if (!known
        || !(text instanceof org.apache.spark.sql.catalyst.expressions.Literal literal)
        || literal.value() == null) {
      throw PATTERN.refusal("pattern=" + text + " policy=" + policy);
    }
    try {
      return TimePattern.compile(literal.value().toString(), use);
    } catch (IllegalArgumentException unknown) {
      throw PATTERN.refusal("pattern=" + text);
    }
  }

  private static Expression written(
      Expression instant, org.apache.spark.sql.catalyst.expressions.Expression text, ZoneId zone) {
    return pattern(text, TimePattern.Use.WRITE).write(ZonedTime.clock(instant, zone));
  }

  /** Seconds that are too many wrap. */
  private static Expression fromUnixTime(FromUnixTime e, ExpressionTranslator t) {
    Expression micros =
        new Arithmetic(
            Arithmetic.Operator.MULTIPLY,
            t.require(e.sec()),
            SECOND,
            DataType.INT64,
            ErrorMode.WRAP);
    Expression instant = Call.of(TimeFunction.OF_UNITS, micros, TimeRules.wide(1));
    return written(instant, e.format(), Zones.of((TimeZoneAwareExpression) e));
  }

  private static Expression read(GetTimestamp e, ExpressionTranslator t) {
    Expression clock =
        pattern(e.right(), TimePattern.Use.READ)
            .read(t.require(e.left()), ErrorModes.failing(e.failOnError()));
    return e.forTimestampNTZ()
        ? clock
        : ZonedTime.instant(clock, Zones.of((TimeZoneAwareExpression) e));
  }

  private static <E extends UnixTime> ExpressionRule<E> unix(Class<E> sparkClass, String sql) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.STRING_DATE_TIMES, PATTERN),
        (e, t) -> {
          Expression micros = Call.of(TimeFunction.UNITS, instant(e, t), TimeRules.wide(1));
          return new Arithmetic(
              Arithmetic.Operator.INTEGRAL_DIVIDE, micros, SECOND, DataType.INT64, ErrorMode.WRAP);
        });
  }

  private static Expression instant(UnixTime e, ExpressionTranslator t) {
    Expression time = t.require(e.left());
    ZoneId zone = Zones.of((TimeZoneAwareExpression) e);
    return switch (time.type().kind()) {
      case STRING ->
          ZonedTime.instant(
              pattern(e.right(), TimePattern.Use.READ)
                  .read(time, ErrorModes.failing(e.failOnError())),
              zone);
      case DATE -> ZonedTime.startOfDay(time, zone);
      // Spark takes wall clocks as they are.
      default ->
          time.type().kind() == Kind.TIMESTAMP
              ? time
              : new Cast(time, DataType.TIMESTAMP, ErrorMode.ANSI);
    };
  }

  private static Expression made(MakeTimestamp e, ExpressionTranslator t) {
    Expression clock =
        new Call(
            FormatFunction.MAKE_CLOCK,
            List.of(
                t.require(e.year()),
                t.require(e.month()),
                t.require(e.day()),
                t.require(e.hour()),
                t.require(e.min()),
                t.require(e.sec())),
            ErrorModes.failing(e.failOnError()));
    if (TypeTranslator.require(e.dataType()).equals(DataType.TIMESTAMP_NTZ)) {
      return clock;
    }
    ZoneId zone =
        ScalaCollections.optional(e.timezone()).map(TimeRules::zone).orElseGet(() -> Zones.of(e));
    return ZonedTime.instant(clock, zone);
  }
}

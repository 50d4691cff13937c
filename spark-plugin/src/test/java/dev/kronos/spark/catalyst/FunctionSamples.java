// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Acos;
import org.apache.spark.sql.catalyst.expressions.Asin;
import org.apache.spark.sql.catalyst.expressions.Atan;
import org.apache.spark.sql.catalyst.expressions.Atan2;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BRound;
import org.apache.spark.sql.catalyst.expressions.BitwiseAnd;
import org.apache.spark.sql.catalyst.expressions.BitwiseCount;
import org.apache.spark.sql.catalyst.expressions.BitwiseGet;
import org.apache.spark.sql.catalyst.expressions.BitwiseNot;
import org.apache.spark.sql.catalyst.expressions.BitwiseOr;
import org.apache.spark.sql.catalyst.expressions.BitwiseXor;
import org.apache.spark.sql.catalyst.expressions.Cbrt;
import org.apache.spark.sql.catalyst.expressions.Ceil;
import org.apache.spark.sql.catalyst.expressions.Cosh;
import org.apache.spark.sql.catalyst.expressions.DateAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.DateFromUnixDate;
import org.apache.spark.sql.catalyst.expressions.DivideDTInterval;
import org.apache.spark.sql.catalyst.expressions.DivideYMInterval;
import org.apache.spark.sql.catalyst.expressions.Exp;
import org.apache.spark.sql.catalyst.expressions.Expm1;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalDays;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalHours;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalMinutes;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalMonths;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalSeconds;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalYears;
import org.apache.spark.sql.catalyst.expressions.Floor;
import org.apache.spark.sql.catalyst.expressions.FromUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.Hour;
import org.apache.spark.sql.catalyst.expressions.IsNaN;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Log;
import org.apache.spark.sql.catalyst.expressions.Log10;
import org.apache.spark.sql.catalyst.expressions.Log1p;
import org.apache.spark.sql.catalyst.expressions.Log2;
import org.apache.spark.sql.catalyst.expressions.Logarithm;
import org.apache.spark.sql.catalyst.expressions.MakeDTInterval;
import org.apache.spark.sql.catalyst.expressions.MakeDate;
import org.apache.spark.sql.catalyst.expressions.MakeYMInterval;
import org.apache.spark.sql.catalyst.expressions.MicrosToTimestamp;
import org.apache.spark.sql.catalyst.expressions.MillisToTimestamp;
import org.apache.spark.sql.catalyst.expressions.Minute;
import org.apache.spark.sql.catalyst.expressions.MonthsBetween;
import org.apache.spark.sql.catalyst.expressions.MultiplyDTInterval;
import org.apache.spark.sql.catalyst.expressions.MultiplyYMInterval;
import org.apache.spark.sql.catalyst.expressions.NaNvl;
import org.apache.spark.sql.catalyst.expressions.NextDay;
import org.apache.spark.sql.catalyst.expressions.Pmod;
import org.apache.spark.sql.catalyst.expressions.Pow;
import org.apache.spark.sql.catalyst.expressions.Rint;
import org.apache.spark.sql.catalyst.expressions.Round;
import org.apache.spark.sql.catalyst.expressions.RoundCeil;
import org.apache.spark.sql.catalyst.expressions.RoundFloor;
import org.apache.spark.sql.catalyst.expressions.Second;
import org.apache.spark.sql.catalyst.expressions.SecondWithFraction;
import org.apache.spark.sql.catalyst.expressions.SecondsToTimestamp;
import org.apache.spark.sql.catalyst.expressions.ShiftLeft;
import org.apache.spark.sql.catalyst.expressions.ShiftRight;
import org.apache.spark.sql.catalyst.expressions.ShiftRightUnsigned;
import org.apache.spark.sql.catalyst.expressions.Signum;
import org.apache.spark.sql.catalyst.expressions.Sinh;
import org.apache.spark.sql.catalyst.expressions.Sqrt;
import org.apache.spark.sql.catalyst.expressions.SubtractDates;
import org.apache.spark.sql.catalyst.expressions.SubtractTimestamps;
import org.apache.spark.sql.catalyst.expressions.Tanh;
import org.apache.spark.sql.catalyst.expressions.TimestampAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.ToDegrees;
import org.apache.spark.sql.catalyst.expressions.ToRadians;
import org.apache.spark.sql.catalyst.expressions.ToUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.TruncTimestamp;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.UnixDate;
import org.apache.spark.sql.catalyst.expressions.UnixMicros;
import org.apache.spark.sql.catalyst.expressions.UnixMillis;
import org.apache.spark.sql.catalyst.expressions.UnixSeconds;
import org.apache.spark.sql.catalyst.expressions.WeekOfYear;
import org.apache.spark.sql.catalyst.expressions.WidthBucket;
import org.apache.spark.sql.catalyst.expressions.YearOfWeek;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import scala.Option;

/** Makes functions of bits, numbers and times over a given column, for {@link CatalogSamples}. */
final class FunctionSamples {
  private static final Option<String> UTC = Option.apply("UTC");

  private FunctionSamples() {}

  static Stream<Function<AttributeReference, Expression>> all() {
    return Stream.of(numbers(), powers(), times(), intervals()).flatMap(samples -> samples);
  }

  private static Stream<Function<AttributeReference, Expression>> powers() {
    return Stream.of(
        a -> new Pow(a, a),
        Expm1::new,
        Log1p::new,
        Cbrt::new,
        Sinh::new,
        Cosh::new,
        Tanh::new,
        Asin::new,
        Acos::new,
        Atan::new,
        a -> new Atan2(a, a),
        a -> new WidthBucket(a, a, a, new Literal(3L, DataTypes.LongType)));
  }

  private static Stream<Function<AttributeReference, Expression>> numbers() {
    return Stream.of(
        a -> new Pmod(a, a),
        a -> new BitwiseAnd(a, a),
        a -> new BitwiseOr(a, a),
        a -> new BitwiseXor(a, a),
        BitwiseNot::new,
        a -> new ShiftLeft(a, CatalogSamples.number(1)),
        a -> new ShiftRight(a, CatalogSamples.number(1)),
        a -> new ShiftRightUnsigned(a, CatalogSamples.number(1)),
        BitwiseCount::new,
        a -> new BitwiseGet(a, CatalogSamples.number(1)),
        a -> new Round(a, CatalogSamples.number(1), true),
        a -> new BRound(a, CatalogSamples.number(1), true),
        a -> new RoundCeil(a, CatalogSamples.number(1)),
        a -> new RoundFloor(a, CatalogSamples.number(1)),
        Ceil::new,
        Floor::new,
        Sqrt::new,
        Rint::new,
        Signum::new,
        ToDegrees::new,
        ToRadians::new,
        Exp::new,
        Log::new,
        Log10::new,
        Log2::new,
        a -> new Logarithm(a, a),
        a -> new Greatest(ScalaCollections.seq(List.of(a, a))),
        a -> new Least(ScalaCollections.seq(List.of(a, a))),
        a -> new NaNvl(a, a),
        IsNaN::new);
  }

  private static Stream<Function<AttributeReference, Expression>> times() {
    Literal months = new Literal(1, YearMonthIntervalType.apply());
    Literal hour = new Literal(3_600_000_000L, DayTimeIntervalType.apply());
    return Stream.of(
        WeekOfYear::new,
        YearOfWeek::new,
        a -> new NextDay(a, CatalogSamples.text("MO")),
        a -> new MakeDate(a, CatalogSamples.number(1), CatalogSamples.number(2)),
        UnixDate::new,
        DateFromUnixDate::new,
        a -> new DateAddYMInterval(a, months),
        a -> new Hour(a, UTC),
        a -> new Minute(a, UTC),
        a -> new Second(a, UTC),
        a -> new SecondWithFraction(a, UTC),
        UnixSeconds::new,
        UnixMillis::new,
        UnixMicros::new,
        SecondsToTimestamp::new,
        MillisToTimestamp::new,
        MicrosToTimestamp::new,
        a -> new TruncTimestamp(CatalogSamples.text("HOUR"), a, UTC),
        a -> new MonthsBetween(a, a, new Literal(true, DataTypes.BooleanType), UTC),
        a -> new FromUTCTimestamp(a, CatalogSamples.text("Europe/Paris")),
        a -> new ToUTCTimestamp(a, CatalogSamples.text("Europe/Paris")),
        a -> SparkShim.addToTimestamp(a, hour, UTC),
        a -> new TimestampAddYMInterval(a, months, UTC));
  }

  private static Stream<Function<AttributeReference, Expression>> intervals() {
    return Stream.of(
        a -> new SubtractDates(a, a, false),
        a -> new SubtractTimestamps(a, a, false, UTC),
        a -> new MakeYMInterval(a, a),
        a -> new MakeDTInterval(a, a),
        a -> new MultiplyYMInterval(a, CatalogSamples.number(2)),
        a -> new MultiplyDTInterval(a, CatalogSamples.number(2)),
        a -> new DivideYMInterval(a, CatalogSamples.number(2)),
        a -> new DivideDTInterval(a, CatalogSamples.number(2)),
        TryEval::new,
        ExtractANSIIntervalYears::new,
        ExtractANSIIntervalMonths::new,
        ExtractANSIIntervalDays::new,
        ExtractANSIIntervalHours::new,
        ExtractANSIIntervalMinutes::new,
        ExtractANSIIntervalSeconds::new);
  }
}

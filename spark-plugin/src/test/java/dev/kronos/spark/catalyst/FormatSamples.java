// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.math.BigDecimal;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.DateFormatClass;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FromUnixTime;
import org.apache.spark.sql.catalyst.expressions.GetTimestamp;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MakeTimestamp;
import org.apache.spark.sql.catalyst.expressions.TimestampAdd;
import org.apache.spark.sql.catalyst.expressions.TimestampDiff;
import org.apache.spark.sql.catalyst.expressions.ToUnixTimestamp;
import org.apache.spark.sql.catalyst.expressions.UnixTimestamp;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import scala.Option;

/** Makes functions of times and patterns over a given column, for {@link CatalogSamples}. */
final class FormatSamples {
  private static final Option<String> UTC = Option.apply("UTC");

  private FormatSamples() {}

  static Stream<Function<AttributeReference, Expression>> all() {
    Literal pattern = CatalogSamples.text("yyyy-MM-dd");
    return Stream.of(
        a -> new DateFormatClass(a, pattern, UTC),
        a -> new FromUnixTime(a, pattern, UTC),
        a -> new GetTimestamp(a, pattern, DataTypes.TimestampType, "to_timestamp", UTC, true),
        a -> new UnixTimestamp(a, pattern, UTC, true),
        a -> new ToUnixTimestamp(a, pattern, UTC, true),
        FormatSamples::made,
        a -> new TimestampAdd("HOUR", new Literal(1L, DataTypes.LongType), a, UTC),
        a -> new TimestampDiff("HOUR", a, a, UTC));
  }

  private static Expression made(AttributeReference a) {
    Literal seconds =
        new Literal(
            Decimal.apply(new BigDecimal("1.000000"), 16, 6), DataTypes.createDecimalType(16, 6));
    Literal one = CatalogSamples.number(1);
    return new MakeTimestamp(
        a, one, one, one, one, seconds, Option.empty(), UTC, true, DataTypes.TimestampType);
  }
}

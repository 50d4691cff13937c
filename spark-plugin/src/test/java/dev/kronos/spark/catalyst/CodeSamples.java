// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Base64;
import org.apache.spark.sql.catalyst.expressions.Conv;
import org.apache.spark.sql.catalyst.expressions.ConvertTimezone;
import org.apache.spark.sql.catalyst.expressions.DayName;
import org.apache.spark.sql.catalyst.expressions.Elt;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Factorial;
import org.apache.spark.sql.catalyst.expressions.FormatNumber;
import org.apache.spark.sql.catalyst.expressions.FormatString;
import org.apache.spark.sql.catalyst.expressions.Mask;
import org.apache.spark.sql.catalyst.expressions.MonthName;
import org.apache.spark.sql.catalyst.expressions.UnBase64;
import org.apache.spark.sql.catalyst.expressions.Unhex;

/** Makes functions of codes and formats over a given column, for {@link CatalogSamples}. */
final class CodeSamples {
  private CodeSamples() {}

  static Stream<Function<AttributeReference, Expression>> all() {
    return Stream.of(
        a -> new Conv(a, CatalogSamples.number(10), CatalogSamples.number(16), true),
        a -> new Base64(a, true).replacement(),
        a -> new UnBase64(a, false),
        a -> new Unhex(a, false),
        Factorial::new,
        a -> new FormatNumber(a, CatalogSamples.number(2)),
        a -> new FormatString(ScalaCollections.seq(List.of(CatalogSamples.text("<%s>"), a))),
        a -> new Elt(ScalaCollections.seq(List.of(CatalogSamples.number(1), a)), true),
        Mask::new,
        DayName::new,
        MonthName::new,
        a ->
            new ConvertTimezone(
                CatalogSamples.text("UTC"), CatalogSamples.text("Europe/Paris"), a));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Bin;
import org.apache.spark.sql.catalyst.expressions.Crc32;
import org.apache.spark.sql.catalyst.expressions.ElementAt;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FindInSet;
import org.apache.spark.sql.catalyst.expressions.GetArrayItem;
import org.apache.spark.sql.catalyst.expressions.Hex;
import org.apache.spark.sql.catalyst.expressions.InitCap;
import org.apache.spark.sql.catalyst.expressions.Levenshtein;
import org.apache.spark.sql.catalyst.expressions.Md5;
import org.apache.spark.sql.catalyst.expressions.Sha1;
import org.apache.spark.sql.catalyst.expressions.Sha2;
import org.apache.spark.sql.catalyst.expressions.SoundEx;
import org.apache.spark.sql.catalyst.expressions.StringSplit;
import org.apache.spark.sql.catalyst.expressions.StringSplitSQL;
import scala.Option;

/** Makes functions of words and digests over a given column, for {@link CatalogSamples}. */
final class WordSamples {
  private WordSamples() {}

  static Stream<Function<AttributeReference, Expression>> all() {
    return Stream.of(
        InitCap::new,
        a ->
            new ElementAt(
                new StringSplitSQL(a, CatalogSamples.text(",")),
                CatalogSamples.number(2),
                Option.apply(CatalogSamples.text("")),
                false),
        a ->
            new GetArrayItem(
                new StringSplit(a, CatalogSamples.text(","), CatalogSamples.number(-1)),
                CatalogSamples.number(2),
                true),
        a -> new FindInSet(a, a),
        SoundEx::new,
        a -> new Levenshtein(a, a, Option.apply(CatalogSamples.number(3))),
        Hex::new,
        Bin::new,
        Md5::new,
        Sha1::new,
        a -> new Sha2(a, CatalogSamples.number(256)),
        Crc32::new);
  }
}

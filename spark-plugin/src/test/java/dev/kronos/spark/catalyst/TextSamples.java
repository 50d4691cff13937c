// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Ascii;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BitLength;
import org.apache.spark.sql.catalyst.expressions.Chr;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.ConcatWs;
import org.apache.spark.sql.catalyst.expressions.Contains;
import org.apache.spark.sql.catalyst.expressions.EndsWith;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Length;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.LikeAll;
import org.apache.spark.sql.catalyst.expressions.LikeAny;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.NotLikeAll;
import org.apache.spark.sql.catalyst.expressions.NotLikeAny;
import org.apache.spark.sql.catalyst.expressions.OctetLength;
import org.apache.spark.sql.catalyst.expressions.Overlay;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.Reverse;
import org.apache.spark.sql.catalyst.expressions.StartsWith;
import org.apache.spark.sql.catalyst.expressions.StringInstr;
import org.apache.spark.sql.catalyst.expressions.StringLPad;
import org.apache.spark.sql.catalyst.expressions.StringLocate;
import org.apache.spark.sql.catalyst.expressions.StringRPad;
import org.apache.spark.sql.catalyst.expressions.StringRepeat;
import org.apache.spark.sql.catalyst.expressions.StringReplace;
import org.apache.spark.sql.catalyst.expressions.StringSpace;
import org.apache.spark.sql.catalyst.expressions.StringTranslate;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.SubstringIndex;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Seq;

/** Makes functions of strings over a given column, for {@link CatalogSamples}. */
final class TextSamples {
  private TextSamples() {}

  static Stream<Function<AttributeReference, Expression>> all() {
    return Stream.of(
        a -> new Like(a, CatalogSamples.text("a%"), '\\'),
        a -> new LikeAll(a, patterns()),
        a -> new NotLikeAll(a, patterns()),
        a -> new LikeAny(a, patterns()),
        a -> new NotLikeAny(a, patterns()),
        a -> new RLike(a, CatalogSamples.text("a")),
        a -> new StartsWith(a, a),
        a -> new EndsWith(a, a),
        a -> new Contains(a, a),
        a -> new Substring(a, CatalogSamples.number(1), CatalogSamples.number(2)),
        Length::new,
        OctetLength::new,
        StringTrim::new,
        StringTrimLeft::new,
        StringTrimRight::new,
        Upper::new,
        Lower::new,
        a -> new StringTranslate(a, CatalogSamples.text("a"), CatalogSamples.text("b")),
        a -> new Concat(ScalaCollections.seq(List.of(a, a))),
        a -> new ConcatWs(ScalaCollections.seq(List.of(a, a))),
        a -> new StringRepeat(a, CatalogSamples.number(2)),
        Reverse::new,
        a -> new StringReplace(a, CatalogSamples.text("a"), CatalogSamples.text("b")),
        a -> new StringLPad(a, CatalogSamples.number(2), CatalogSamples.text(" ")),
        a -> new StringRPad(a, CatalogSamples.number(2), CatalogSamples.text(" ")),
        Chr::new,
        StringSpace::new,
        a ->
            new Overlay(
                a, CatalogSamples.text("b"), CatalogSamples.number(1), CatalogSamples.number(1)),
        a -> new SubstringIndex(a, CatalogSamples.text("b"), CatalogSamples.number(1)),
        a -> new StringInstr(a, CatalogSamples.text("b")),
        a -> new StringLocate(a, CatalogSamples.text("b"), CatalogSamples.number(1)),
        Ascii::new,
        BitLength::new);
  }

  private static Seq<UTF8String> patterns() {
    return ScalaCollections.seq(List.of(UTF8String.fromString("a%b%")));
  }
}

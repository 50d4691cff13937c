// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Murmur3;
import dev.kronos.expression.SketchFunction;
import dev.kronos.expression.Utf8;
import dev.kronos.expression.XxHash64;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BloomFilterMightContain;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Murmur3Hash;

/** Translates hashes, and questions about sets that are known by hashes. */
final class HashRules {
  static final Restriction FILTER =
      new Restriction("Bloom filter is not constant", "it is no result of a subquery");

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              Murmur3Hash.class,
              Coverage.of("hash(a, b)", TypeSet.ALL),
              (e, t) -> new Murmur3(t.requireAll(ScalaCollections.list(e.children())), e.seed())),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.XxHash64.class,
              Coverage.of("xxhash64(a, b)", TypeSet.ALL),
              (e, t) -> new XxHash64(t.requireAll(ScalaCollections.list(e.children())), e.seed())),
          new ExpressionRule<>(
              BloomFilterMightContain.class,
              Coverage.of("", TypeSet.BIGINT, FILTER),
              HashRules::mightContain,
              1));

  private HashRules() {}

  /** Takes the filter as constant bytes; null ones know nothing, as of no rows. */
  private static Expression mightContain(BloomFilterMightContain e, ExpressionTranslator t) {
    if (!(e.bloomFilterExpression() instanceof Literal filter)) {
      throw FILTER.refusal("filter=" + e.bloomFilterExpression());
    }
    Object bytes = filter.value() == null ? null : Utf8.of((byte[]) filter.value());
    return Call.of(
        SketchFunction.BLOOM_CONTAINS,
        new dev.kronos.expression.Literal(DataType.STRING, bytes),
        t.require(e.valueExpression()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.Murmur3;
import dev.kronos.expression.XxHash64;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Murmur3Hash;

/** Translates hashes. */
final class HashRules {
  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              Murmur3Hash.class,
              Coverage.of("hash(a, b)", TypeSet.ALL),
              (e, t) -> new Murmur3(t.requireAll(ScalaCollections.list(e.children())), e.seed())),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.XxHash64.class,
              Coverage.of("xxhash64(a, b)", TypeSet.ALL),
              (e, t) -> new XxHash64(t.requireAll(ScalaCollections.list(e.children())), e.seed())));

  private HashRules() {}
}

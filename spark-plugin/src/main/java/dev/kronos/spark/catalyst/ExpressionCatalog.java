// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Lists the expressions of Spark's that run on the device. Immutable. */
public final class ExpressionCatalog {
  private static final ExpressionCatalog STANDARD =
      new ExpressionCatalog(
          List.of(
              LeafRules.RULES,
              ArithmeticRules.RULES,
              PredicateRules.RULES,
              ConditionalRules.RULES,
              CastRules.RULES,
              DecimalRules.RULES));

  private final Map<Class<?>, ExpressionRule<?>> rules = new LinkedHashMap<>();

  private ExpressionCatalog(List<List<ExpressionRule<?>>> groups) {
    for (List<ExpressionRule<?>> group : groups) {
      for (ExpressionRule<?> rule : group) {
        if (rules.put(rule.sparkClass(), rule) != null) {
          throw new IllegalStateException("listed twice: class=" + rule.sparkClass());
        }
      }
    }
  }

  /** Returns the catalogue. */
  public static ExpressionCatalog standard() {
    return STANDARD;
  }

  /** Returns the simple names of the listed classes in alphabetical order. */
  public Collection<String> names() {
    Collection<String> names = new TreeSet<>();
    rules.keySet().forEach(c -> names.add(c.getSimpleName()));
    return names;
  }

  Optional<ExpressionRule<?>> rule(Class<? extends Expression> sparkClass) {
    return Optional.ofNullable(rules.get(sparkClass));
  }
}

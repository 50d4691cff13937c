// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Lists the expressions of Spark's that run on the device. Immutable. */
public final class ExpressionCatalog {
  private static final ExpressionCatalog STANDARD =
      new ExpressionCatalog(
          List.of(
              new Family("Columns and constants", LeafRules.RULES),
              new Family("Arithmetic", ArithmeticRules.RULES),
              new Family("Bits", BitRules.RULES),
              new Family("Rounding and functions of numbers", MathRules.RULES),
              new Family("Powers, roots and angles", PowerRules.RULES),
              new Family("Comparisons and logic", PredicateRules.RULES),
              new Family("Strings", StringRules.RULES),
              new Family("Making strings", TextRules.RULES),
              new Family("Words, digits and digests", WordRules.RULES),
              new Family("Codes, formats and choices of strings", CodeRules.RULES),
              new Family("Dates", DateRules.RULES),
              new Family("Timestamps", TimeRules.RULES),
              new Family("Intervals", IntervalRules.RULES),
              new Family("Intervals and numbers", IntervalScaling.RULES),
              new Family("Times and patterns", FormatRules.RULES),
              new Family("Units of time", TimeUnits.RULES),
              new Family("Choices", ConditionalRules.RULES),
              new Family("Casts", CastRules.RULES),
              new Family("Decimals", DecimalRules.RULES),
              new Family("Hashes", HashRules.RULES)));

  private final Map<Class<?>, ExpressionRule<?>> rules = new HashMap<>();
  private final List<CatalogLine> lines = new ArrayList<>();

  /** Groups rules under a title for the documentation. */
  private record Family(String title, List<ExpressionRule<?>> rules) {}

  private ExpressionCatalog(List<Family> families) {
    families.forEach(family -> family.rules().forEach(rule -> add(family.title(), rule)));
  }

  private void add(String family, ExpressionRule<?> rule) {
    if (rules.put(rule.sparkClass(), rule) != null) {
      throw new IllegalStateException("listed twice: class=" + rule.sparkClass());
    }
    lines.add(new CatalogLine(family, rule.sparkClass().getSimpleName(), rule.coverage()));
  }

  /** Returns the catalogue. */
  public static ExpressionCatalog standard() {
    return STANDARD;
  }

  /** Returns all lines, by family. */
  public List<CatalogLine> lines() {
    return List.copyOf(lines);
  }

  /** Tells whether values of one type are cast to another. */
  public boolean casts(DataType from, DataType to) {
    return CastRules.supports(from, to);
  }

  /** Tells whether the cast gives null for every value, as Spark's does. */
  public boolean castsToNull(DataType from, DataType to) {
    return CastRules.isNeverNumber(from, to);
  }

  Optional<ExpressionRule<?>> rule(Class<? extends Expression> sparkClass) {
    return Optional.ofNullable(rules.get(sparkClass));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.Literal;
import dev.kronos.expression.ZoneDirectory;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.TimeZoneAwareExpression;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;

/** Finds time zones by the names that Spark takes. */
final class Zones {
  /** Names of UTC that Java does not list. */
  private static final Set<String> NO_REGIONS = Set.of("Z", "UT", "UTC", "GMT");

  private Zones() {}

  /** Returns the zone of an expression. */
  static ZoneId of(TimeZoneAwareExpression expression) {
    return named(
        ScalaCollections.optional(expression.timeZoneId())
            .orElseThrow(() -> new UntranslatableException("time zone is not resolved")));
  }

  /** Returns the zone of a name, as Spark takes names. */
  static ZoneId named(String name) {
    return DateTimeUtils.getZoneId(name);
  }

  /** Returns the tables of all zones by the names that Spark takes for them in strings. */
  static Literal directory() {
    return Directory.LITERAL;
  }

  /** Made when it is asked for: of several megabytes. */
  private static final class Directory {
    static final Literal LITERAL = ZoneDirectory.of(zones()).literal();

    private static Map<String, ZoneId> zones() {
      return Stream.of(ZoneId.getAvailableZoneIds(), ZoneId.SHORT_IDS.keySet(), NO_REGIONS)
          .flatMap(Set::stream)
          .distinct()
          .collect(Collectors.toMap(name -> name, Zones::named));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Cast;

/** Translates conversions. */
final class CastRules {
  static final List<ExpressionRule<?>> RULES =
      List.of(new ExpressionRule<>(Cast.class, CastRules::cast));

  private CastRules() {}

  private static dev.kronos.expression.Expression cast(Cast e, ExpressionTranslator t) {
    DataType to = TypeTranslator.require(e.dataType());
    dev.kronos.expression.Expression child = t.require(e.child());
    if (child.type().equals(to)) {
      return child;
    }
    if (needsZone(child.type(), to) && !inUtc(e)) {
      throw new UntranslatableException(
          "cast is supported in UTC only: from=" + child.type() + " to=" + to + " zone=" + zone(e));
    }
    return new dev.kronos.expression.Cast(child, to, ErrorModes.of(e.evalMode()));
  }

  /** Tells whether a conversion between an instant and a wall clock is asked for. */
  private static boolean needsZone(DataType from, DataType to) {
    return (from.kind() == Kind.TIMESTAMP && isWallClock(to))
        || (isWallClock(from) && to.kind() == Kind.TIMESTAMP);
  }

  private static boolean isWallClock(DataType type) {
    return type.kind() == Kind.DATE || type.kind() == Kind.TIMESTAMP_NTZ;
  }

  private static boolean inUtc(Cast cast) {
    try {
      return ZoneId.of(zone(cast), ZoneId.SHORT_IDS).normalized().equals(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static String zone(Cast cast) {
    return ScalaCollections.optional(cast.timeZoneId()).orElse("none");
  }
}

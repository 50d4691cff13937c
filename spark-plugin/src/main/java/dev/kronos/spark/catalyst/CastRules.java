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
  static final Restriction UNSUPPORTED =
      new Restriction("cast is not supported", "the table of casts has no entry");
  static final Restriction UTC_ONLY =
      new Restriction(
          "cast is supported in UTC only", "the session's time zone is another than UTC");

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              Cast.class,
              Coverage.of("CAST(a AS type)", TypeSet.ALL, UNSUPPORTED, UTC_ONLY),
              CastRules::cast));

  private CastRules() {}

  private static dev.kronos.expression.Expression cast(Cast e, ExpressionTranslator t) {
    DataType to = TypeTranslator.require(e.dataType());
    dev.kronos.expression.Expression child = t.require(e.child());
    if (child.type().equals(to)) {
      return child;
    }
    requireSupported(e, child.type(), to);
    return new dev.kronos.expression.Cast(child, to, ErrorModes.of(e.evalMode()));
  }

  private static void requireSupported(Cast cast, DataType from, DataType to) {
    String types = "from=" + from + " to=" + to;
    CastSupport support = support(from, to);
    if (support == CastSupport.NEVER) {
      throw UNSUPPORTED.refusal(types);
    }
    if (support == CastSupport.IN_UTC && !inUtc(cast)) {
      throw UTC_ONLY.refusal(types + " zone=" + zone(cast));
    }
  }

  static CastSupport support(DataType from, DataType to) {
    if (!dev.kronos.expression.Cast.supports(from, to)) {
      return CastSupport.NEVER;
    }
    return needsZone(from, to) ? CastSupport.IN_UTC : CastSupport.ALWAYS;
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

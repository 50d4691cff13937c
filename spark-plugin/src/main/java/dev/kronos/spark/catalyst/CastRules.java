// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import dev.kronos.column.Storage;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.CodeFunction;
import dev.kronos.expression.Concat;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Substring;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.expression.TimeTextFunction;
import dev.kronos.expression.Utf8;
import dev.kronos.expression.WordFunction;
import dev.kronos.expression.ZonedTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CheckOverflowInTableInsert;

/** Translates conversions. */
final class CastRules {
  static final Restriction UNSUPPORTED =
      new Restriction("cast is not supported", "the table of casts has no entry");

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              Cast.class,
              Coverage.of("CAST(a AS type)", TypeSet.ALL, UNSUPPORTED),
              CastRules::cast),
          // What fails in it is run again by Spark, which then names the column.
          ExpressionRule.transparent(CheckOverflowInTableInsert.class));

  private CastRules() {}

  private static dev.kronos.expression.Expression cast(Cast e, ExpressionTranslator t) {
    if (TypeTranslator.isInterval(e.dataType())
        || TypeTranslator.isInterval(e.child().dataType())) {
      return IntervalRules.cast(t.require(e.child()), e.child().dataType(), e.dataType());
    }
    DataType from = TypeTranslator.requireName(e.child().dataType());
    DataType to = TypeTranslator.requireName(e.dataType());
    if (!supports(from, to)) {
      throw UNSUPPORTED.refusal("from=" + from + " to=" + to);
    }
    dev.kronos.expression.Expression child = t.require(e.child());
    if (from.carrier().equals(to.carrier())) {
      return child;
    }
    if (needsZone(child.type(), to)) {
      return zoned(child, to, Zones.of(e));
    }
    if (isBytesOfInteger(from, to)) {
      return bytes(child);
    }
    if (isTimeText(child.type(), to)) {
      return text(child, Zones.of(e));
    }
    if (isTextTime(child.type(), to)) {
      return time(e, child, to);
    }
    if (isNeverNumber(child.type(), to)) {
      return nothing(child, to);
    }
    return new dev.kronos.expression.Cast(child, to, ErrorModes.of(e.evalMode()));
  }

  /** Tells whether values of one type are converted to another on the device. */
  static boolean supports(DataType from, DataType to) {
    return dev.kronos.expression.Cast.supports(from, to)
        || isTimeText(from, to)
        || isTextTime(from, to)
        || isBytesOfInteger(from, to)
        || isNeverNumber(from, to);
  }

  private static boolean isBytesOfInteger(DataType from, DataType to) {
    return from.isIntegral() && to.kind() == Kind.BINARY;
  }

  /** Gives all bytes of an integer, the most significant first. */
  private static dev.kronos.expression.Expression bytes(dev.kronos.expression.Expression number) {
    int digits = 2 * Storage.narrowest(number.type()).bytesPerValue();
    dev.kronos.expression.Expression wide =
        number.type().equals(DataType.INT64)
            ? number
            : new dev.kronos.expression.Cast(number, DataType.INT64, ErrorMode.WRAP);
    Literal zeros = new Literal(DataType.STRING, Utf8.of("0".repeat(digits)));
    Concat filled = new Concat(Concat.Kind.PLAIN, List.of(zeros, Call.of(WordFunction.HEX, wide)));
    Substring last =
        new Substring(
            filled, new Literal(DataType.INT32, -digits), new Literal(DataType.INT32, digits));
    return new Call(CodeFunction.UNHEX, List.of(last), ErrorMode.NULL);
  }

  private static boolean isTextTime(DataType from, DataType to) {
    return from.kind() == Kind.STRING
        && (to.kind() == Kind.TIMESTAMP || to.kind() == Kind.TIMESTAMP_NTZ);
  }

  /** Tells whether Spark has a cast outside ANSI mode alone, which gives null for every value. */
  static boolean isNeverNumber(DataType from, DataType to) {
    return from.kind() == Kind.DATE && (to.isNumeric() || to.kind() == Kind.BOOLEAN);
  }

  /** Gives null, but evaluates a value, which may fail. */
  private static dev.kronos.expression.Expression nothing(
      dev.kronos.expression.Expression value, DataType to) {
    Literal none = Literal.ofNull(to);
    return new CaseWhen(List.of(new CaseWhen.Branch(new IsNull(value), none)), none);
  }

  /** Reads a time; that of today as of now, when the expression is translated for a task. */
  private static dev.kronos.expression.Expression time(
      Cast e, dev.kronos.expression.Expression text, DataType to) {
    Literal directory = Zones.directory();
    ErrorMode mode = ErrorModes.of(e.evalMode());
    if (to.kind() == Kind.TIMESTAMP_NTZ) {
      return new Call(TimeTextFunction.CLOCK, List.of(text, directory), mode);
    }
    Literal zone = ZonedTime.table(Zones.of(e));
    return new Call(TimeTextFunction.INSTANT, List.of(text, now(), zone, directory), mode);
  }

  /** In no zone does a day begin within a second: casts of one task mostly share the constant. */
  private static Literal now() {
    long seconds = Instant.now().getEpochSecond();
    return new Literal(DataType.TIMESTAMP, TimeUnit.SECONDS.toMicros(seconds));
  }

  private static boolean isTimeText(DataType from, DataType to) {
    boolean time = from.kind() == Kind.TIMESTAMP || from.kind() == Kind.TIMESTAMP_NTZ;
    return time && to.kind() == Kind.STRING;
  }

  /** Writes a time as the clock shows it; a wall clock as the clock of UTC does. */
  private static dev.kronos.expression.Expression text(
      dev.kronos.expression.Expression time, ZoneId zone) {
    dev.kronos.expression.Expression instant =
        time.type().equals(DataType.TIMESTAMP)
            ? time
            : new dev.kronos.expression.Cast(time, DataType.TIMESTAMP, ErrorMode.ANSI);
    return TextCall.of(TextFunction.TIME, instant, ZonedTime.offset(time, zone));
  }

  private static dev.kronos.expression.Expression zoned(
      dev.kronos.expression.Expression child, DataType to, ZoneId zone) {
    return switch (to.kind()) {
      case DATE -> ZonedTime.date(child, zone);
      case TIMESTAMP_NTZ -> ZonedTime.clock(child, zone);
      default ->
          child.type().kind() == Kind.DATE
              ? ZonedTime.startOfDay(child, zone)
              : ZonedTime.instant(child, zone);
    };
  }

  /** Tells whether a conversion between an instant and a wall clock is asked for. */
  private static boolean needsZone(DataType from, DataType to) {
    return (from.kind() == Kind.TIMESTAMP && isWallClock(to))
        || (isWallClock(from) && to.kind() == Kind.TIMESTAMP);
  }

  private static boolean isWallClock(DataType type) {
    return type.kind() == Kind.DATE || type.kind() == Kind.TIMESTAMP_NTZ;
  }
}

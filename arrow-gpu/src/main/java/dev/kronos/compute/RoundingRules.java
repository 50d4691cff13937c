// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;
import static dev.kronos.compute.FunctionForms.unary;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.RoundNumber;
import dev.kronos.expression.RoundNumber.Direction;
import java.math.RoundingMode;

/** Writes roundings to digits as expressions. */
final class RoundingRules {
  private RoundingRules() {}

  static ArrowFunction exact(int digits, RoundingMode mode) {
    Direction direction = direction(mode);
    return unary("round", TypeGroup.SIGNED_EXACT, a -> exact(a, digits, direction));
  }

  static ArrowFunction written(int digits, RoundingMode mode) {
    Direction direction = direction(mode);
    boolean half = direction == Direction.HALF_UP || direction == Direction.HALF_EVEN;
    if (!half || Math.abs((long) digits) > 400) {
      throw new KronosException.InvalidArgument(
          message("rounding is out of range", "digits", digits, "mode", mode));
    }
    return unary(
        "round_written",
        TypeGroup.FLOATS,
        a -> NumberRules.floating(a, number -> rounded(number, number.type(), digits, direction)));
  }

  private static Direction direction(RoundingMode mode) {
    return switch (mode) {
      case CEILING -> Direction.CEILING;
      case FLOOR -> Direction.FLOOR;
      case HALF_UP -> Direction.HALF_UP;
      case HALF_EVEN -> Direction.HALF_EVEN;
      default ->
          throw new KronosException.InvalidArgument(message("no such rounding", "mode", mode));
    };
  }

  private static Expression exact(Expression number, int digits, Direction direction) {
    DataType type = number.type();
    if (digits >= type.scale()) {
      return number;
    }
    Expression rounded = rounded(number, remaining(type, digits), digits, direction);
    return type.isDecimal() ? new Cast(rounded, type, ErrorMode.ANSI) : rounded;
  }

  private static Expression rounded(
      Expression number, DataType to, int digits, Direction direction) {
    if (!RoundNumber.reaches(number.type(), digits)) {
      throw new KronosException.Unsupported(
          message("cannot round so far", "type", number.type(), "digits", digits));
    }
    return new RoundNumber(number, to, digits, direction, ErrorMode.ANSI);
  }

  /** Holds what is rounded up to one digit more. */
  private static DataType remaining(DataType type, int digits) {
    if (!type.isDecimal()) {
      return type;
    }
    int scale = Math.max(0, digits);
    int whole = Math.max(type.precision() - type.scale(), -digits) + 1;
    return DataType.decimal(Math.min(DataType.MAX_PRECISION, whole + scale), scale);
  }
}

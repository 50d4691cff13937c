// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Locale;
import java.util.Objects;

/**
 * Rounds a number to a decimal place; null if it is null. An integer stays of its type: where the
 * result does not fit, ANSI fails, NULL gives null and WRAP keeps the low bits. A decimal that
 * exceeds the precision is an error in every mode, as in Spark. Floating point stays of its type:
 * its text in Java is rounded, that of a FLOAT64 for a FLOAT32 too, and read again; what is not
 * finite stays as it is, and zeros have no sign.
 *
 * @param child the number
 * @param type type of the result, of the scale that remains: {@code places}, but no more than the
 *     number has and no less than 0
 * @param places digits after the point to keep; negative ones stand before the point, and no more
 *     than 37 there, 38 with those that are cut off behind it; for floating point up to 400 on
 *     either side
 * @param direction where to
 * @param mode what happens when an integer does not fit
 */
public record RoundNumber(
    Expression child, DataType type, int places, Direction direction, ErrorMode mode)
    implements UnaryExpression {
  private static final int FEWEST_PLACES = -37;
  private static final int FARTHEST_OF_FLOATING = 400;

  /** Lists the directions. */
  public enum Direction {
    /** To the nearest, halves away from zero. */
    HALF_UP,
    /** To the nearest, halves to the even one. */
    HALF_EVEN,
    /** Up. */
    CEILING,
    /** Down. */
    FLOOR
  }

  /** Checks the types. */
  public RoundNumber {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(mode, "mode");
    DataType from = child.type();
    Types.require("round", from, DataType::isNumeric);
    boolean fits =
        from.isDecimal()
            ? type.isDecimal() && type.scale() == Math.max(0, Math.min(from.scale(), places))
            : type.equals(from);
    if (!fits || !reaches(from, places)) {
      throw new IllegalArgumentException(
          "cannot round: from=" + from + " to=" + type + " places=" + places);
    }
  }

  /**
   * Tells whether numbers of a type can be rounded to a place: floating point only where the JVM's
   * text of such numbers {@linkplain FloatText#isKnown() is known}.
   *
   * @param type integral, floating or decimal
   */
  public static boolean reaches(DataType type, int places) {
    return type.isFloating()
        ? FloatText.isKnown() && Math.abs((long) places) <= FARTHEST_OF_FLOATING
        : places >= FEWEST_PLACES && type.scale() - places <= DataType.MAX_PRECISION;
  }

  /** Returns how many digits are cut off; 0 or less for none. */
  int cut() {
    return child.type().scale() - places;
  }

  /** Tells whether some numbers are too large when rounded. */
  boolean canFail() {
    if (places >= 0 || type.isFloating()) {
      return false;
    }
    return type.isIntegral()
        ? mode != ErrorMode.WRAP
        : DecimalRules.integralDigits(child.type()) >= type.precision()
            || -places >= type.precision();
  }

  /** Returns what a failure does. */
  ErrorMode effectiveMode() {
    return type.isDecimal() ? ErrorMode.ANSI : mode;
  }

  @Override
  public boolean nullable() {
    return child.nullable() || (canFail() && effectiveMode() != ErrorMode.ANSI);
  }

  @Override
  public String toString() {
    String name = direction.name().toLowerCase(Locale.ROOT);
    return "round_" + name + "(" + child + ", " + places + ")";
  }
}

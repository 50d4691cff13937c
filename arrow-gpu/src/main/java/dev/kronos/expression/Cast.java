// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import java.util.Objects;

/**
 * Converts a value to another type. What {@link #supports} names can be converted, nothing else.
 *
 * <ul>
 *   <li>To integers: fractions are cut off. Out of range: ANSI fails, NULL gives null, WRAP keeps
 *       the low bits of integers and decimals and saturates floating point numbers.
 *   <li>To decimals: rounded half up; where the precision is exceeded ANSI fails, else null.
 *       Floating point as the number of its text in Java, a FLOAT32 as a FLOAT64; what is not
 *       finite is null in every mode.
 *   <li>To boolean: everything but zero is true, NaN too.
 *   <li>Between TIMESTAMP and DATE or TIMESTAMP_NTZ the wall clock is UTC: a caller with another
 *       time zone must not use these casts. TIMESTAMP to a number counts seconds.
 *   <li>DATE to a timestamp fails, in every mode, where 64-bit microseconds do not reach.
 *   <li>STRING to integers, booleans and dates: white space and control characters at the ends do
 *       not count. What is no such value fails or gives null; in mode WRAP a fraction is cut off,
 *       in others no integer has one. A date is a year of four to seven digits, perhaps after a
 *       sign, then perhaps month and day; behind a day, a space or T and anything may follow.
 *   <li>STRING to decimals and floating point: as {@link java.math.BigDecimal} and {@link
 *       Double#parseDouble} read them, and the words inf, infinity and nan in either case. Space at
 *       the ends does not count. Numbers of 10<sup>38</sup> or more fail, and so does 0e38.
 *   <li>To STRING: decimals with all digits of their scale, but in mode WRAP as {@link
 *       java.math.BigDecimal#toString}, perhaps with an exponent; dates as year, month and day,
 *       with a sign where the year has more than four digits; floating point as {@link
 *       Double#toString} and {@link Float#toString}, whose digits {@link FloatText} tells.
 *   <li>Numbers to TIMESTAMP count seconds. Integers saturate, decimals keep the low bits of their
 *       microseconds; floating point saturates in mode WRAP, else fails or gives null out of range.
 *       What is not finite fails or gives null.
 * </ul>
 *
 * @param child the value
 * @param type the target
 * @param mode what happens when the target cannot hold the value
 */
public record Cast(Expression child, DataType type, ErrorMode mode) implements UnaryExpression {

  /** Checks that the conversion is supported. */
  public Cast {
    Objects.requireNonNull(mode, "mode");
    if (!supports(child.type(), type)) {
      throw new IllegalArgumentException(
          "cast is not supported: from=" + child.type() + " to=" + type);
    }
  }

  /**
   * Tells whether values of {@code from} can be converted to {@code to}. Not so: strings to
   * timestamps, which {@link TimeTextFunction} reads, timestamps to strings, which {@link
   * TextFunction#TIME} writes. Floating point to strings and to decimal only where the JVM's text
   * of such numbers {@linkplain FloatText#isKnown() is known}.
   */
  public static boolean supports(DataType from, DataType to) {
    if (keepsBits(from, to)) {
      return true;
    }
    if (from.isCarried() || to.isCarried()) {
      return false;
    }
    if (to.kind() == Kind.STRING) {
      return from.isIntegral()
          || from.isDecimal()
          || (from.isFloating() && FloatText.isKnown())
          || from.kind() == Kind.BOOLEAN
          || from.kind() == Kind.DATE;
    }
    return switch (from.kind()) {
      case BOOLEAN -> to.isNumeric() || to.kind() == Kind.TIMESTAMP;
      case INT8, INT16, INT32, INT64 ->
          to.isNumeric() || to.kind() == Kind.BOOLEAN || to.kind() == Kind.TIMESTAMP;
      case FLOAT32, FLOAT64 ->
          to.isIntegral()
              || to.isFloating()
              || (to.isDecimal() && FloatText.isKnown())
              || to.kind() == Kind.BOOLEAN
              || to.kind() == Kind.TIMESTAMP;
      case DECIMAL -> to.isNumeric() || to.kind() == Kind.BOOLEAN || to.kind() == Kind.TIMESTAMP;
      case DATE -> to.kind() == Kind.TIMESTAMP || to.kind() == Kind.TIMESTAMP_NTZ;
      case TIMESTAMP_NTZ -> to.kind() == Kind.DATE || to.kind() == Kind.TIMESTAMP;
      case TIMESTAMP ->
          to.isNumeric()
              || to.kind() == Kind.BOOLEAN
              || to.kind() == Kind.DATE
              || to.kind() == Kind.TIMESTAMP_NTZ;
      case STRING -> to.isNumeric() || to.kind() == Kind.BOOLEAN || to.kind() == Kind.DATE;
      default -> false;
    };
  }

  /**
   * Tells whether a value of one type is one of the other bit by bit, so that the cast is but a new
   * name for it: types that are the same or have the same {@linkplain DataType#carrier carrier}.
   */
  public static boolean keepsBits(DataType from, DataType to) {
    return from.carrier().equals(to.carrier());
  }

  @Override
  public boolean nullable() {
    return child.nullable() || Fallibility.givesNull(this);
  }

  @Override
  public String toString() {
    return "cast(" + child + " as " + type + ")";
  }
}

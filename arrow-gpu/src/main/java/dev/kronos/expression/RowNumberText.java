// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Casts of strings to decimals and floating point numbers, in Java. */
final class RowNumberText {
  private static final int MOST_DIGITS = 38;
  private static final Map<String, Double> WORDS =
      Map.of(
          "inf", Double.POSITIVE_INFINITY,
          "+inf", Double.POSITIVE_INFINITY,
          "infinity", Double.POSITIVE_INFINITY,
          "+infinity", Double.POSITIVE_INFINITY,
          "-inf", Double.NEGATIVE_INFINITY,
          "-infinity", Double.NEGATIVE_INFINITY,
          "nan", Double.NaN);

  private RowNumberText() {}

  static Object toDecimal(Cast e, Utf8 text) {
    BigDecimal exact;
    try {
      exact = new BigDecimal(text.toString().trim());
    } catch (NumberFormatException noNumber) {
      return RowArithmetic.fail(e.mode(), RowError.CAST);
    }
    long whole = (long) exact.precision() - exact.scale();
    if (whole > MOST_DIGITS) {
      return RowArithmetic.fail(e.mode(), RowError.CAST);
    }
    // Too small to count: not rounded, for Java would raise ten to the power of the scale.
    boolean small = whole < -e.type().scale();
    BigInteger rounded = small ? BigInteger.ZERO : Decimals.round(exact, e.type());
    return rounded == null ? RowArithmetic.fail(e.mode(), RowError.CAST) : rounded;
  }

  static Object toDouble(Cast e, Utf8 text) {
    return floating(e, text, Double::valueOf, word -> word);
  }

  static Object toFloat(Cast e, Utf8 text) {
    return floating(e, text, Float::valueOf, Double::floatValue);
  }

  private static Object floating(
      Cast e, Utf8 text, Function<String, Object> parse, Function<Double, Object> ofWord) {
    String trimmed = text.toString().trim();
    try {
      return parse.apply(trimmed);
    } catch (NumberFormatException noNumber) {
      Double word = WORDS.get(trimmed.toLowerCase(Locale.ROOT));
      return word == null ? RowArithmetic.fail(e.mode(), RowError.CAST) : ofWord.apply(word);
    }
  }
}

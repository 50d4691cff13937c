// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import java.util.List;

/** Lists the functions over rows that need no parameters, for {@link FunctionCatalogue}. */
final class RowFamilies {
  private RowFamilies() {}

  /** Returns the functions over rows by family, each by its class. */
  static List<RowFamily> all() {
    return List.of(
        arithmetic(),
        mathematics(),
        comparison(),
        logic(),
        bits(),
        strings(),
        dates(),
        times(),
        hashes(),
        choice(),
        texts());
  }

  private static RowFamily arithmetic() {
    return new RowFamily(
        "Arithmetic",
        "Calculations",
        List.of(
            Functions.ADD,
            Functions.ADD_CHECKED,
            Functions.SUBTRACT,
            Functions.SUBTRACT_CHECKED,
            Functions.MULTIPLY,
            Functions.MULTIPLY_CHECKED,
            Functions.DIVIDE,
            Functions.DIVIDE_CHECKED,
            Functions.NEGATE,
            Functions.NEGATE_CHECKED,
            Functions.ABS,
            Functions.ABS_CHECKED,
            Functions.SIGN,
            Functions.SQRT,
            Functions.FLOOR,
            Functions.CEIL,
            Functions.TRUNC,
            Functions.ROUND));
  }

  private static RowFamily mathematics() {
    return new RowFamily(
        "Powers, logarithms, angles and extremes",
        "Mathematics",
        List.of(
            MathFunctions.EXP,
            MathFunctions.EXPM1,
            MathFunctions.LN,
            MathFunctions.LN_CHECKED,
            MathFunctions.LOG10,
            MathFunctions.LOG10_CHECKED,
            MathFunctions.LOG2,
            MathFunctions.LOG2_CHECKED,
            MathFunctions.LOG1P,
            MathFunctions.LOG1P_CHECKED,
            MathFunctions.LOGB,
            MathFunctions.LOGB_CHECKED,
            MathFunctions.POWER,
            MathFunctions.SQRT_CHECKED,
            MathFunctions.CBRT,
            MathFunctions.SINH,
            MathFunctions.COSH,
            MathFunctions.TANH,
            MathFunctions.SIN,
            MathFunctions.SIN_CHECKED,
            MathFunctions.COS,
            MathFunctions.COS_CHECKED,
            MathFunctions.TAN,
            MathFunctions.TAN_CHECKED,
            MathFunctions.ASIN,
            MathFunctions.ASIN_CHECKED,
            MathFunctions.ACOS,
            MathFunctions.ACOS_CHECKED,
            MathFunctions.ATAN,
            MathFunctions.ATAN2,
            MathFunctions.DEGREES,
            MathFunctions.RADIANS,
            MathFunctions.MAX_ELEMENT_WISE,
            MathFunctions.MIN_ELEMENT_WISE,
            MathFunctions.FACTORIAL));
  }

  private static RowFamily comparison() {
    return new RowFamily(
        "Comparison",
        "Comparisons",
        List.of(
            Functions.EQUAL,
            Functions.NOT_EQUAL,
            Functions.LESS,
            Functions.LESS_EQUAL,
            Functions.GREATER,
            Functions.GREATER_EQUAL));
  }

  private static RowFamily logic() {
    return new RowFamily(
        "Logic and nulls",
        "Logic",
        List.of(
            Functions.AND,
            Functions.OR,
            Functions.XOR,
            Functions.AND_NOT,
            Functions.AND_KLEENE,
            Functions.OR_KLEENE,
            Functions.AND_NOT_KLEENE,
            Functions.INVERT,
            Functions.IS_NULL,
            Functions.IS_VALID,
            Functions.IS_NAN,
            Functions.IS_INF,
            Functions.IS_FINITE));
  }

  private static RowFamily bits() {
    return new RowFamily(
        "Bits",
        "Bits",
        List.of(
            Functions.BIT_WISE_AND,
            Functions.BIT_WISE_OR,
            Functions.BIT_WISE_XOR,
            Functions.BIT_WISE_NOT,
            Functions.SHIFT_LEFT,
            Functions.SHIFT_LEFT_CHECKED,
            Functions.SHIFT_RIGHT,
            Functions.SHIFT_RIGHT_CHECKED));
  }

  private static RowFamily strings() {
    return new RowFamily(
        "Strings",
        "Strings",
        List.of(
            Functions.STARTS_WITH,
            Functions.ENDS_WITH,
            Functions.MATCH_SUBSTRING,
            Functions.UTF8_LENGTH,
            Functions.BINARY_LENGTH,
            Functions.UTF8_UPPER,
            Functions.UTF8_LOWER,
            Functions.UTF8_REVERSE,
            TextFunctions.ASCII_TRIM_WHITESPACE,
            TextFunctions.ASCII_LTRIM_WHITESPACE,
            TextFunctions.ASCII_RTRIM_WHITESPACE,
            TextFunctions.UTF8_TRIM_WHITESPACE,
            TextFunctions.UTF8_LTRIM_WHITESPACE,
            TextFunctions.UTF8_RTRIM_WHITESPACE,
            TextFunctions.UTF8_CAPITALIZE,
            TextFunctions.UTF8_CAPITALIZE_WORDS,
            TextFunctions.LEVENSHTEIN,
            TextFunctions.SOUNDEX,
            TextFunctions.FIRST_CODEPOINT,
            TextFunctions.HEX,
            TextFunctions.UNHEX,
            TextFunctions.BASE64,
            TextFunctions.UNBASE64));
  }

  private static RowFamily dates() {
    return new RowFamily(
        "Dates",
        "Dates",
        List.of(
            Functions.YEAR,
            Functions.QUARTER,
            Functions.MONTH,
            Functions.DAY,
            Functions.DAY_OF_YEAR,
            Functions.DAY_OF_WEEK));
  }

  private static RowFamily times() {
    return new RowFamily(
        "Times",
        "Times",
        List.of(
            TimeFunctions.ISO_WEEK,
            TimeFunctions.ISO_YEAR,
            TimeFunctions.HOUR,
            TimeFunctions.MINUTE,
            TimeFunctions.SECOND,
            TimeFunctions.MILLISECOND,
            TimeFunctions.MICROSECOND,
            TimeFunctions.SUBSECOND,
            TimeFunctions.YEARS_BETWEEN,
            TimeFunctions.QUARTERS_BETWEEN,
            TimeFunctions.WEEKS_BETWEEN,
            TimeFunctions.DAYS_BETWEEN,
            TimeFunctions.HOURS_BETWEEN,
            TimeFunctions.MINUTES_BETWEEN,
            TimeFunctions.SECONDS_BETWEEN,
            TimeFunctions.MILLISECONDS_BETWEEN,
            TimeFunctions.MICROSECONDS_BETWEEN,
            TimeFunctions.ADD_DAYS,
            TimeFunctions.ADD_MONTHS,
            TimeFunctions.LAST_DAY));
  }

  private static RowFamily hashes() {
    return new RowFamily(
        "Hashes and digests",
        "Hashes",
        List.of(
            HashFunctions.XXHASH64,
            HashFunctions.MURMUR3,
            HashFunctions.MD5,
            HashFunctions.SHA1,
            HashFunctions.SHA224,
            HashFunctions.SHA256,
            HashFunctions.SHA384,
            HashFunctions.SHA512,
            HashFunctions.CRC32));
  }

  private static RowFamily choice() {
    return new RowFamily("Choice", "Choices", List.of(Functions.IF_ELSE, Functions.COALESCE));
  }

  private static RowFamily texts() {
    return new RowFamily("Values as text", "Conversions", List.of(TextCasts.TO_TEXT));
  }
}

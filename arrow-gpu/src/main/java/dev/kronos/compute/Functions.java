// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.compute.FunctionForms.binary;
import static dev.kronos.compute.FunctionForms.bits;
import static dev.kronos.compute.FunctionForms.comparison;
import static dev.kronos.compute.FunctionForms.exact;
import static dev.kronos.compute.FunctionForms.match;
import static dev.kronos.compute.FunctionForms.math;
import static dev.kronos.compute.FunctionForms.part;
import static dev.kronos.compute.FunctionForms.shift;
import static dev.kronos.compute.FunctionForms.size;
import static dev.kronos.compute.FunctionForms.text;
import static dev.kronos.compute.FunctionForms.unary;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Bitwise;
import dev.kronos.expression.BitwiseNot;
import dev.kronos.expression.CaseTable;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Concat;
import dev.kronos.expression.DatePart;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.FloatMath;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Like;
import dev.kronos.expression.LikePattern;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;
import dev.kronos.expression.Or;
import dev.kronos.expression.Shift;
import dev.kronos.expression.StringMatch;
import dev.kronos.expression.StringSize;
import dev.kronos.expression.Substring;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import java.util.List;

/**
 * Lists the functions over rows. The result is null where an operand is null, unless the function's
 * line says otherwise. Every result is exact or correctly rounded and the same on every device.
 * {@link MathFunctions} has powers, logarithms, angles and extremes, {@link TextFunctions} more of
 * strings, {@link TimeFunctions} of times.
 */
public final class Functions {
  /** Sum; integers wrap around, decimals get Arrow's wider type. */
  public static final ArrowFunction ADD = exact("add", Arithmetic.Operator.ADD, ErrorMode.WRAP);

  /** Sum; a row whose sum does not fit fails. */
  public static final ArrowFunction ADD_CHECKED =
      exact("add_checked", Arithmetic.Operator.ADD, ErrorMode.ANSI);

  /** Difference; integers wrap around. */
  public static final ArrowFunction SUBTRACT =
      exact("subtract", Arithmetic.Operator.SUBTRACT, ErrorMode.WRAP);

  /** Difference; a row whose difference does not fit fails. */
  public static final ArrowFunction SUBTRACT_CHECKED =
      exact("subtract_checked", Arithmetic.Operator.SUBTRACT, ErrorMode.ANSI);

  /** Product; integers wrap around. */
  public static final ArrowFunction MULTIPLY =
      exact("multiply", Arithmetic.Operator.MULTIPLY, ErrorMode.WRAP);

  /** Product; a row whose product does not fit fails. */
  public static final ArrowFunction MULTIPLY_CHECKED =
      exact("multiply_checked", Arithmetic.Operator.MULTIPLY, ErrorMode.ANSI);

  /**
   * Quotient; of integers cut off towards zero, the least one by -1 wraps around. An integer zero
   * as divisor fails; a floating point one gives an infinity or NaN.
   */
  public static final ArrowFunction DIVIDE =
      binary("divide", TypeGroup.INTEGERS_AND_FLOATS, NumberRules::divide);

  /** Quotient; a zero divisor fails, and so does an integer quotient that does not fit. */
  public static final ArrowFunction DIVIDE_CHECKED =
      binary("divide_checked", TypeGroup.INTEGERS_AND_FLOATS, NumberRules::divideChecked);

  /** Negation; the least integer stays as it is, and unsigned ones wrap around. */
  public static final ArrowFunction NEGATE =
      unary("negate", TypeGroup.NUMBERS, a -> NumberRules.negate(a, ErrorMode.WRAP));

  /** Negation; the least integer fails. Not of unsigned integers. */
  public static final ArrowFunction NEGATE_CHECKED =
      unary("negate_checked", TypeGroup.SIGNED_NUMBERS, a -> NumberRules.negate(a, ErrorMode.ANSI));

  /** Magnitude; the least integer stays as it is. */
  public static final ArrowFunction ABS =
      unary("abs", TypeGroup.NUMBERS, a -> NumberRules.absolute(a, ErrorMode.WRAP));

  /** Magnitude; the least integer fails. */
  public static final ArrowFunction ABS_CHECKED =
      unary("abs_checked", TypeGroup.NUMBERS, a -> NumberRules.absolute(a, ErrorMode.ANSI));

  /** -1, 0 or 1: INT8 for integers, the operand's type for floating point; NaN for NaN. */
  public static final ArrowFunction SIGN =
      unary("sign", TypeGroup.INTEGERS_AND_FLOATS, NumberRules::sign);

  /** Square root, correctly rounded; NaN below zero. */
  public static final ArrowFunction SQRT = math("sqrt", FloatMath.Function.SQRT);

  /** The largest whole number that is not above. */
  public static final ArrowFunction FLOOR = math("floor", FloatMath.Function.FLOOR);

  /** The smallest whole number that is not below. */
  public static final ArrowFunction CEIL = math("ceil", FloatMath.Function.CEIL);

  /** The whole number next to it towards zero. */
  public static final ArrowFunction TRUNC = math("trunc", FloatMath.Function.TRUNC);

  /** The nearest whole number, the even one of two: Arrow's default. */
  public static final ArrowFunction ROUND = math("round", FloatMath.Function.RINT);

  /** Equal. NaN equals nothing. */
  public static final ArrowFunction EQUAL = comparison("equal", Comparison.Operator.EQ);

  /** Not equal. NaN differs from everything. */
  public static final ArrowFunction NOT_EQUAL = comparison("not_equal", Comparison.Operator.NE);

  /** Less. Strings compare as unsigned bytes; false is less than true. */
  public static final ArrowFunction LESS = comparison("less", Comparison.Operator.LT);

  /** Less or equal. */
  public static final ArrowFunction LESS_EQUAL = comparison("less_equal", Comparison.Operator.LE);

  /** Greater. */
  public static final ArrowFunction GREATER = comparison("greater", Comparison.Operator.GT);

  /** Greater or equal. */
  public static final ArrowFunction GREATER_EQUAL =
      comparison("greater_equal", Comparison.Operator.GE);

  /** Both; null where either is null. */
  public static final ArrowFunction AND = binary("and", TypeGroup.BOOLEANS, LogicRules::and);

  /** Either; null where either is null. */
  public static final ArrowFunction OR = binary("or", TypeGroup.BOOLEANS, LogicRules::or);

  /** One of both. */
  public static final ArrowFunction XOR = binary("xor", TypeGroup.BOOLEANS, LogicRules::xor);

  /** The first without the second; null where either is null. */
  public static final ArrowFunction AND_NOT =
      binary("and_not", TypeGroup.BOOLEANS, LogicRules::andNot);

  /** Both; false where either is false, whatever the other is. */
  public static final ArrowFunction AND_KLEENE = binary("and_kleene", TypeGroup.BOOLEANS, And::new);

  /** Either; true where either is true, whatever the other is. */
  public static final ArrowFunction OR_KLEENE = binary("or_kleene", TypeGroup.BOOLEANS, Or::new);

  /** The first without the second; false where the first is false or the second true. */
  public static final ArrowFunction AND_NOT_KLEENE =
      binary("and_not_kleene", TypeGroup.BOOLEANS, (a, b) -> new And(a, new Not(b)));

  /** Not. */
  public static final ArrowFunction INVERT = unary("invert", TypeGroup.BOOLEANS, Not::new);

  /** Whether the value is null; never null. NaN is a value. */
  public static final ArrowFunction IS_NULL = unary("is_null", TypeGroup.ALL, IsNull::new);

  /** Whether the value is not null; never null. */
  public static final ArrowFunction IS_VALID = unary("is_valid", TypeGroup.ALL, IsNotNull::new);

  /** Whether the value is NaN. */
  public static final ArrowFunction IS_NAN =
      unary("is_nan", TypeGroup.FLOATS, ComparisonRules::isNan);

  /** Whether the value is an infinity. */
  public static final ArrowFunction IS_INF =
      unary("is_inf", TypeGroup.FLOATS, ComparisonRules::isInfinite);

  /** Whether the value is neither NaN nor an infinity. */
  public static final ArrowFunction IS_FINITE =
      unary("is_finite", TypeGroup.FLOATS, ComparisonRules::isFinite);

  /** Bits that are one in both. */
  public static final ArrowFunction BIT_WISE_AND = bits("bit_wise_and", Bitwise.Operator.AND);

  /** Bits that are one in either. */
  public static final ArrowFunction BIT_WISE_OR = bits("bit_wise_or", Bitwise.Operator.OR);

  /** Bits that differ. */
  public static final ArrowFunction BIT_WISE_XOR = bits("bit_wise_xor", Bitwise.Operator.XOR);

  /** All bits inverted. */
  public static final ArrowFunction BIT_WISE_NOT =
      unary(
          "bit_wise_not",
          TypeGroup.INTEGERS,
          a -> CarriedRules.as(new BitwiseNot(CarriedRules.bits(a)), a.type()));

  /**
   * Shift to higher bits; an amount outside 0 to the type's bits less 2, of unsigned integers less
   * 1, gives the value itself.
   */
  public static final ArrowFunction SHIFT_LEFT =
      shift("shift_left", Shift.Direction.LEFT, ErrorMode.WRAP);

  /** Shift to higher bits; an amount out of range fails. */
  public static final ArrowFunction SHIFT_LEFT_CHECKED =
      shift("shift_left_checked", Shift.Direction.LEFT, ErrorMode.ANSI);

  /** Shift to lower bits, keeping the sign where there is one; as {@link #SHIFT_LEFT}. */
  public static final ArrowFunction SHIFT_RIGHT =
      shift("shift_right", Shift.Direction.RIGHT, ErrorMode.WRAP);

  /** Shift to lower bits, keeping the sign where there is one; an amount out of range fails. */
  public static final ArrowFunction SHIFT_RIGHT_CHECKED =
      shift("shift_right_checked", Shift.Direction.RIGHT, ErrorMode.ANSI);

  /** Whether the first string starts with the second, byte by byte. */
  public static final ArrowFunction STARTS_WITH = match("starts_with", StringMatch.Place.START);

  /** Whether the first string ends with the second, byte by byte. */
  public static final ArrowFunction ENDS_WITH = match("ends_with", StringMatch.Place.END);

  /** Whether the second string lies in the first, byte by byte. */
  public static final ArrowFunction MATCH_SUBSTRING =
      match("match_substring", StringMatch.Place.ANYWHERE);

  /** Characters of a string, INT32. */
  public static final ArrowFunction UTF8_LENGTH =
      size("utf8_length", TypeGroup.STRINGS, StringSize.Unit.CHARACTERS);

  /** Bytes of a string, INT32. */
  public static final ArrowFunction BINARY_LENGTH =
      size("binary_length", TypeGroup.BYTES, StringSize.Unit.BYTES);

  /** Letters in upper case, by the tables of this version of Java, in no language. */
  public static final ArrowFunction UTF8_UPPER =
      unary("utf8_upper", TypeGroup.STRINGS, a -> CaseTable.upper().map(a));

  /** Letters in lower case; as {@link #UTF8_UPPER}. */
  public static final ArrowFunction UTF8_LOWER =
      unary("utf8_lower", TypeGroup.STRINGS, a -> CaseTable.lower().map(a));

  /** Characters from the last to the first. */
  public static final ArrowFunction UTF8_REVERSE =
      unary("utf8_reverse", TypeGroup.STRINGS, a -> TextCall.of(TextFunction.REVERSE, a));

  /** Year of a date or a timestamp without zone, INT64. */
  public static final ArrowFunction YEAR = part("year", DatePart.Field.YEAR);

  /** Quarter of a date or a timestamp without zone, 1 to 4, INT64. */
  public static final ArrowFunction QUARTER = part("quarter", DatePart.Field.QUARTER);

  /** Month of a date or a timestamp without zone, 1 to 12, INT64. */
  public static final ArrowFunction MONTH = part("month", DatePart.Field.MONTH);

  /** Day of the month of a date or a timestamp without zone, 1 to 31, INT64. */
  public static final ArrowFunction DAY = part("day", DatePart.Field.DAY_OF_MONTH);

  /** Day of the year of a date or a timestamp without zone, 1 to 366, INT64. */
  public static final ArrowFunction DAY_OF_YEAR = part("day_of_year", DatePart.Field.DAY_OF_YEAR);

  /**
   * Day of the week of a date or a timestamp without zone, 0 for Monday to 6 for Sunday, INT64:
   * Arrow's default.
   */
  public static final ArrowFunction DAY_OF_WEEK = part("day_of_week", DatePart.Field.WEEKDAY);

  /** The second operand where the first is true, the third where it is false; null where null. */
  public static final ArrowFunction IF_ELSE =
      new ArrowFunction(
          "if_else",
          Shape.CHOICE,
          TypeGroup.ALL,
          e -> LogicRules.ifElse(e.get(0), e.get(1), e.get(2)));

  /** The first operand that is not null. */
  public static final ArrowFunction COALESCE =
      new ArrowFunction("coalesce", Shape.MANY, TypeGroup.ALL, LogicRules::coalesce);

  private Functions() {}

  /**
   * Makes Arrow's match_like: whether the whole of a string is of a pattern, in which {@code %}
   * stands for any characters, {@code _} for one, and what follows a backslash for itself.
   *
   * @param pattern the pattern; data of the kernel, which all patterns share
   * @throws IllegalArgumentException when a backslash ends the pattern or stands before anything
   *     but itself and the two, or when the pattern has a replacement character
   */
  public static ArrowFunction matchLike(String pattern) {
    LikePattern compiled = LikePattern.compile(pattern, '\\');
    return unary("match_like", TypeGroup.STRINGS, a -> new Like(a, compiled));
  }

  /**
   * Makes Arrow's replace_substring: a string in the place of each other one, from the left.
   *
   * @param pattern what is replaced; nothing is where it is empty
   * @param replacement what stands there then
   */
  public static ArrowFunction replaceSubstring(String pattern, String replacement) {
    return unary(
        "replace_substring",
        TypeGroup.STRINGS,
        a -> TextCall.of(TextFunction.REPLACE, a, text(pattern), text(replacement)));
  }

  /**
   * Makes Arrow's binary_join_element_wise of two strings; null where either is.
   *
   * @param separator what stands between them
   */
  public static ArrowFunction joinElementWise(String separator) {
    return binary(
        "binary_join_element_wise",
        TypeGroup.STRINGS,
        (a, b) -> new Concat(Concat.Kind.PLAIN, List.of(a, text(separator), b)));
  }

  /**
   * Makes Arrow's utf8_slice_codepoints: the characters from one on, counted from 0.
   *
   * @param start index of the first character, not negative
   * @param length how many characters, fewer where the string ends
   */
  public static ArrowFunction utf8Slice(int start, int length) {
    if (start < 0 || start == Integer.MAX_VALUE || length < 0) {
      throw new KronosException.InvalidArgument(
          KronosException.message("slice is out of range", "start", start, "length", length));
    }
    return unary(
        "utf8_slice_codepoints",
        TypeGroup.STRINGS,
        a ->
            new Substring(
                a, new Literal(DataType.INT32, start + 1), new Literal(DataType.INT32, length)));
  }

  /**
   * Makes the cast to a type that fails where the type cannot hold a value. Fractions are cut off
   * to integers and rounded half up to decimals of a smaller scale: that is no failure. Times,
   * durations, timestamps and dates are the integers that count their units. Integers and booleans
   * become strings; {@link TextCasts} has other casts from and to those.
   *
   * @param to the target
   */
  public static ArrowFunction cast(DataType to) {
    return unary("cast", TypeGroup.ALL, a -> CastRules.cast(a, to, ErrorMode.ANSI));
  }

  /**
   * Makes the cast to a type that does not fail: integers and decimals keep their low bits,
   * floating point numbers saturate, to unsigned integers by way of INT64, what a decimal cannot
   * hold is null. Only a date beyond the reach of timestamps still fails.
   *
   * @param to the target
   */
  public static ArrowFunction castUnchecked(DataType to) {
    return unary("cast_unchecked", TypeGroup.ALL, a -> CastRules.cast(a, to, ErrorMode.WRAP));
  }
}

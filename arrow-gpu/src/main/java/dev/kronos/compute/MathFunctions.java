// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.compute.FunctionForms.binary;
import static dev.kronos.compute.FunctionForms.unary;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.CodeFunction;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Extreme;
import dev.kronos.expression.MathFunction;
import java.math.RoundingMode;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Lists powers, logarithms, angles, extremes and roundings over rows. Powers, logarithms and angles
 * have the bits of {@link StrictMath} on every device; of FLOAT32 and FLOAT16 they are those of the
 * FLOAT64, rounded. The result is of the operands' type, and null where one of them is, unless the
 * function's line says otherwise.
 */
public final class MathFunctions {
  /** Euler's number to a power. */
  public static final ArrowFunction EXP = java("exp", MathFunction.EXP);

  /** {@link #EXP} less 1, without loss near 0. */
  public static final ArrowFunction EXPM1 = java("expm1", MathFunction.EXPM1);

  /** Natural logarithm; NaN below zero, minus infinity of zero. */
  public static final ArrowFunction LN = java("ln", MathFunction.LOG);

  /** Natural logarithm; fails for zero and below. */
  public static final ArrowFunction LN_CHECKED =
      checked("ln_checked", MathFunction.LOG, x -> MathRules.atMost(x, 0));

  /** Logarithm to base 10; NaN below zero, minus infinity of zero. */
  public static final ArrowFunction LOG10 = java("log10", MathFunction.LOG10);

  /** Logarithm to base 10; fails for zero and below. */
  public static final ArrowFunction LOG10_CHECKED =
      checked("log10_checked", MathFunction.LOG10, x -> MathRules.atMost(x, 0));

  /**
   * Logarithm to base 2, the quotient of two natural ones: that of 2^29 is one unit above 29. NaN
   * below zero, minus infinity of zero.
   */
  public static final ArrowFunction LOG2 = inDouble("log2", MathRules::log2);

  /** Logarithm to base 2, as {@link #LOG2}; fails for zero and below. */
  public static final ArrowFunction LOG2_CHECKED =
      inDouble("log2_checked", x -> MathRules.failing(MathRules.atMost(x, 0), MathRules.log2(x)));

  /**
   * Natural logarithm of what is 1 more, without loss near 0; NaN below -1, minus infinity of -1.
   */
  public static final ArrowFunction LOG1P = java("log1p", MathFunction.LOG1P);

  /** {@link #LOG1P}; fails for -1 and below. */
  public static final ArrowFunction LOG1P_CHECKED =
      checked("log1p_checked", MathFunction.LOG1P, x -> MathRules.atMost(x, -1));

  /**
   * Logarithm to a base, given second: the quotient of two natural ones. Of zero it is minus
   * infinity, but NaN where the base is not above zero.
   */
  public static final ArrowFunction LOGB = inDouble("logb", MathRules::logb);

  /** {@link #LOGB}; fails for a number or a base of zero and below. */
  public static final ArrowFunction LOGB_CHECKED =
      inDouble(
          "logb_checked",
          (x, base) ->
              MathRules.failing(
                  LogicRules.or(MathRules.atMost(x, 0), MathRules.atMost(base, 0)),
                  MathRules.logb(x, base)));

  /**
   * The first to the power of the second. 1 to any power is 1, and so is -1 to an infinite one, as
   * in C, where Java has NaN.
   */
  public static final ArrowFunction POWER = inDouble("power", MathRules::power);

  /** Square root, correctly rounded; fails below zero. */
  public static final ArrowFunction SQRT_CHECKED =
      unary("sqrt_checked", TypeGroup.FLOATS, a -> NumberRules.floating(a, MathRules::sqrtChecked));

  /** Cube root. Arrow has none. */
  public static final ArrowFunction CBRT = java("cbrt", MathFunction.CBRT);

  /** Hyperbolic sine. */
  public static final ArrowFunction SINH = java("sinh", MathFunction.SINH);

  /** Hyperbolic cosine. */
  public static final ArrowFunction COSH = java("cosh", MathFunction.COSH);

  /** Hyperbolic tangent. */
  public static final ArrowFunction TANH = java("tanh", MathFunction.TANH);

  /** Sine of an angle in radians, of any size; NaN of infinities. */
  public static final ArrowFunction SIN = java("sin", MathFunction.SIN);

  /** Sine of an angle in radians; fails for infinities. */
  public static final ArrowFunction SIN_CHECKED =
      checked("sin_checked", MathFunction.SIN, ComparisonRules::isInfinite);

  /** Cosine of an angle in radians, of any size; NaN of infinities. */
  public static final ArrowFunction COS = java("cos", MathFunction.COS);

  /** Cosine of an angle in radians; fails for infinities. */
  public static final ArrowFunction COS_CHECKED =
      checked("cos_checked", MathFunction.COS, ComparisonRules::isInfinite);

  /** Tangent of an angle in radians, of any size; NaN of infinities. */
  public static final ArrowFunction TAN = java("tan", MathFunction.TAN);

  /** Tangent of an angle in radians; fails for infinities. */
  public static final ArrowFunction TAN_CHECKED =
      checked("tan_checked", MathFunction.TAN, ComparisonRules::isInfinite);

  /** Angle of a sine, in radians; NaN beyond 1 and -1. */
  public static final ArrowFunction ASIN = java("asin", MathFunction.ASIN);

  /** Angle of a sine, in radians; fails beyond 1 and -1. */
  public static final ArrowFunction ASIN_CHECKED =
      checked("asin_checked", MathFunction.ASIN, MathRules::beyondOne);

  /** Angle of a cosine, in radians; NaN beyond 1 and -1. */
  public static final ArrowFunction ACOS = java("acos", MathFunction.ACOS);

  /** Angle of a cosine, in radians; fails beyond 1 and -1. */
  public static final ArrowFunction ACOS_CHECKED =
      checked("acos_checked", MathFunction.ACOS, MathRules::beyondOne);

  /** Angle of a tangent, in radians. */
  public static final ArrowFunction ATAN = java("atan", MathFunction.ATAN);

  /** Angle of a point of y and x, in radians. */
  public static final ArrowFunction ATAN2 = java2("atan2", MathFunction.ATAN2);

  /** Radians as degrees, by Java's factor. Arrow has no such function. */
  public static final ArrowFunction DEGREES = java("degrees", MathFunction.DEGREES);

  /** Degrees as radians, by Java's factor. Arrow has no such function. */
  public static final ArrowFunction RADIANS = java("radians", MathFunction.RADIANS);

  /**
   * The greatest operand that is not null, the first of equal ones; null where all are. NaN is
   * taken where there is nothing else.
   */
  public static final ArrowFunction MAX_ELEMENT_WISE =
      extreme("max_element_wise", Extreme.End.GREATEST);

  /** The least operand that is not null, as {@link #MAX_ELEMENT_WISE}. */
  public static final ArrowFunction MIN_ELEMENT_WISE =
      extreme("min_element_wise", Extreme.End.LEAST);

  /**
   * Product of the numbers from 1 to an INT32, as INT64; fails below 0 and above 20. Arrow has no
   * such function.
   */
  public static final ArrowFunction FACTORIAL =
      unary("factorial", TypeGroup.INT32S, a -> Call.of(CodeFunction.FACTORIAL, a));

  private MathFunctions() {}

  /**
   * Makes Arrow's round of signed integers and decimals to a number of digits. A result of too many
   * digits for the type fails.
   *
   * @param digits to keep behind the point, of more than there are all; negative ones stand before
   *     it, up to 37
   * @param mode CEILING, FLOOR, HALF_UP or HALF_EVEN: Arrow's up, down, half_towards_infinity and
   *     half_to_even
   * @throws KronosException.InvalidArgument when the mode is another one
   * @throws KronosException.Unsupported when the type's digits do not reach so far, told when the
   *     function is applied
   */
  public static ArrowFunction round(int digits, RoundingMode mode) {
    return RoundingRules.exact(digits, mode);
  }

  /**
   * Makes the rounding of floating point numbers as they are written: the number of {@link
   * Double#toString(double)} is rounded to digits, and read again. Arrow's round, whose name this
   * is not, multiplies by a power of ten, so that it takes 1.005 for less than it looks. What is
   * not finite stays as it is; zeros lose their sign.
   *
   * @param digits to keep behind the point; negative ones stand before it; -400 to 400
   * @param mode HALF_UP or HALF_EVEN
   * @throws KronosException.InvalidArgument when the mode is another one or the digits are too many
   */
  public static ArrowFunction roundWritten(int digits, RoundingMode mode) {
    return RoundingRules.written(digits, mode);
  }

  private static ArrowFunction inDouble(String name, UnaryOperator<Expression> rule) {
    return unary(name, TypeGroup.FLOATS, a -> MathRules.as(a.type(), rule.apply(wide(a))));
  }

  private static ArrowFunction inDouble(String name, BinaryOperator<Expression> rule) {
    return binary(
        name, TypeGroup.FLOATS, (a, b) -> MathRules.as(a.type(), rule.apply(wide(a), wide(b))));
  }

  private static Expression wide(Expression number) {
    return MathRules.as(DataType.FLOAT64, number);
  }

  private static ArrowFunction java(String name, MathFunction function) {
    return inDouble(name, x -> Call.of(function, x));
  }

  private static ArrowFunction java2(String name, MathFunction function) {
    return inDouble(name, (x, y) -> Call.of(function, x, y));
  }

  private static ArrowFunction checked(
      String name, MathFunction function, UnaryOperator<Expression> refused) {
    return inDouble(name, x -> MathRules.failing(refused.apply(x), Call.of(function, x)));
  }

  private static ArrowFunction extreme(String name, Extreme.End end) {
    return new ArrowFunction(
        name, Shape.MANY, TypeGroup.ALL, operands -> MathRules.extreme(end, operands));
  }
}

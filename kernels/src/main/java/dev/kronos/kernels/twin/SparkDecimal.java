// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Does Spark 4's decimal arithmetic with {@link BigDecimal}, step by step as Spark does it:
 * products and quotients cut to 39 digits, then HALF_UP to the result type. Empty results stand for
 * overflow.
 */
public final class SparkDecimal {

  private static final int MAX_PRECISION = 38;
  private static final int MIN_ADJUSTED_SCALE = 6;
  private static final MathContext CONTEXT = new MathContext(MAX_PRECISION + 1, RoundingMode.DOWN);

  private SparkDecimal() {}

  /**
   * Holds a decimal type.
   *
   * @param precision digits, 1..38
   * @param scale digits behind the point, 0..precision
   */
  public record Type(int precision, int scale) {

    /**
     * Makes a result type as Spark does when precision may be lost: with more than 38 digits the
     * scale gives way, down to 6.
     *
     * @param precision digits wanted
     * @param scale digits behind the point wanted
     * @return the type
     */
    public static Type adjusted(int precision, int scale) {
      if (precision <= MAX_PRECISION) {
        return new Type(precision, scale);
      }
      int minimum = Math.min(scale, MIN_ADJUSTED_SCALE);
      return new Type(MAX_PRECISION, Math.max(MAX_PRECISION - (precision - scale), minimum));
    }
  }

  /** Tells the operations. */
  public enum Operation {
    /** Addition. */
    ADD,
    /** Subtraction. */
    SUBTRACT,
    /** Multiplication. */
    MULTIPLY,
    /** Division; the divisor is not zero. */
    DIVIDE,
    /** Remainder; the divisor is not zero. */
    REMAINDER;

    /**
     * Finds Spark's result type.
     *
     * @param a the left operand's type
     * @param b the right operand's type
     * @return the result's type
     */
    public Type resultType(Type a, Type b) {
      int scale = Math.max(a.scale, b.scale);
      int integral = Math.max(a.precision - a.scale, b.precision - b.scale);
      int least = Math.min(a.precision - a.scale, b.precision - b.scale);
      int quotient = Math.max(MIN_ADJUSTED_SCALE, a.scale + b.precision + 1);
      return switch (this) {
        case ADD, SUBTRACT -> Type.adjusted(integral + scale + 1, scale);
        case MULTIPLY -> Type.adjusted(a.precision + b.precision + 1, a.scale + b.scale);
        case DIVIDE -> Type.adjusted(a.precision - a.scale + b.scale + quotient, quotient);
        case REMAINDER -> Type.adjusted(Math.max(least + scale, 1), scale);
      };
    }
  }

  /**
   * Computes an operation.
   *
   * @param operation what to do
   * @param a left operand
   * @param b right operand
   * @param type the result's type
   * @return the unscaled result, or empty on overflow or where Spark refuses the quotient
   */
  public static Optional<BigInteger> compute(
      Operation operation, BigDecimal a, BigDecimal b, Type type) {
    try {
      BigDecimal exact =
          switch (operation) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b, CONTEXT);
            case DIVIDE -> a.divide(b, MAX_PRECISION + 1, RoundingMode.DOWN);
            case REMAINDER -> a.remainder(b, CONTEXT);
          };
      return toType(exact, type);
    } catch (ArithmeticException e) {
      // "Division impossible": a quotient of more than 39 digits.
      return Optional.empty();
    }
  }

  /**
   * Computes Spark's {@code div}.
   *
   * @param a left operand
   * @param aType its type
   * @param b right operand, not zero
   * @param bType its type
   * @return the quotient's low 64 bits, or empty on overflow of its decimal type
   */
  public static Optional<Long> integralDivide(BigDecimal a, Type aType, BigDecimal b, Type bType) {
    int digits = aType.precision - aType.scale + bType.scale;
    Type type = new Type(Math.min(MAX_PRECISION, Math.max(digits, 1)), 0);
    try {
      return toType(a.divideToIntegralValue(b, CONTEXT), type).map(BigInteger::longValue);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /**
   * Rounds a value into a type.
   *
   * @param value any value
   * @param type the wanted type
   * @return the unscaled result, or empty on overflow
   */
  public static Optional<BigInteger> toType(BigDecimal value, Type type) {
    BigDecimal rounded = value.setScale(type.scale, RoundingMode.HALF_UP);
    return rounded.precision() > type.precision
        ? Optional.empty()
        : Optional.of(rounded.unscaledValue());
  }
}

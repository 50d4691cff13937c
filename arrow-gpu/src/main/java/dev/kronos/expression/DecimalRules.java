// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic.Operator;

/** Bounds on the digits of decimal results, from types alone. */
final class DecimalRules {
  /** Digits of the largest INT64. */
  static final int LONG_DIGITS = 19;

  /** Digits that Spark keeps of an intermediate quotient or product. */
  static final int CONTEXT_DIGITS = DataType.MAX_PRECISION + 1;

  /** Digits that Spark keeps of a decimal whose sign it changes. */
  static final int SIGN_DIGITS = 34;

  private DecimalRules() {}

  /** Refuses result scales above that of the exact result: no rule of SQL gives them. */
  static void requireScale(Operator operator, DataType a, DataType b, DataType result) {
    int exact =
        switch (operator) {
          case ADD, SUBTRACT, REMAINDER -> Math.max(a.scale(), b.scale());
          case MULTIPLY -> a.scale() + b.scale();
          case DIVIDE, INTEGRAL_DIVIDE -> DataType.MAX_PRECISION;
        };
    if (result.scale() > exact) {
      throw new IllegalArgumentException(
          "result scale exceeds the exact one: operator="
              + operator
              + " left="
              + a
              + " right="
              + b
              + " result="
              + result);
    }
  }

  /** Returns the decimal digits of the largest value of an integer type. */
  static int digits(DataType integral) {
    return switch (integral.kind()) {
      case INT8 -> 3;
      case INT16 -> 5;
      case INT32 -> 10;
      default -> LONG_DIGITS;
    };
  }

  static int integralDigits(DataType type) {
    return type.precision() - type.scale();
  }

  /** Tells whether some value of {@code from} exceeds {@code to} after rounding half up. */
  static boolean mayOverflow(DataType from, DataType to) {
    int carry = from.scale() > to.scale() ? 1 : 0;
    return integralDigits(from) + carry > integralDigits(to);
  }

  /** Tells whether some operands of the operation give a result outside its type. */
  static boolean mayOverflow(Arithmetic e) {
    if (e.operator() == Operator.INTEGRAL_DIVIDE) {
      return quotientDigits(e) > DataType.MAX_PRECISION;
    }
    return resultDigits(e) > integralDigits(e.type());
  }

  private static int resultDigits(Arithmetic e) {
    DataType a = e.left().type();
    DataType b = e.right().type();
    int left = integralDigits(a);
    int right = integralDigits(b);
    int scale = e.type().scale();
    return switch (e.operator()) {
      case ADD, SUBTRACT -> Math.max(left, right) + 1;
      case MULTIPLY -> left + right + carry(a.scale() + b.scale(), scale);
      case REMAINDER -> Math.min(left, right) + carry(Math.max(a.scale(), b.scale()), scale);
      case DIVIDE, INTEGRAL_DIVIDE -> quotientDigits(e) + carry(a.scale() - b.scale(), scale);
    };
  }

  private static int carry(int exactScale, int scale) {
    return exactScale > scale ? 1 : 0;
  }

  /** Returns the most digits before the point that a quotient can have. */
  static int quotientDigits(Arithmetic e) {
    return integralDigits(e.left().type()) + e.right().type().scale();
  }

  /**
   * Tells whether the integral quotient may have more digits than Spark's arithmetic context holds.
   * Spark then throws in every mode.
   */
  static boolean remainderMayBeImpossible(Arithmetic e) {
    return e.left().type().isDecimal()
        && (e.operator() == Operator.REMAINDER || e.operator() == Operator.INTEGRAL_DIVIDE)
        && quotientDigits(e) > CONTEXT_DIGITS;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/** Bits of integers and functions of floating point numbers, on non-null values, in Java. */
final class RowMath {
  private RowMath() {}

  private static long longOf(Object value) {
    return ((Number) value).longValue();
  }

  static Object combine(Bitwise e, Object left, Object right) {
    long a = longOf(left);
    long b = longOf(right);
    long bits =
        switch (e.operator()) {
          case AND -> a & b;
          case OR -> a | b;
          case XOR -> a ^ b;
        };
    return RowArithmetic.box(bits, e.type().kind());
  }

  static Object not(BitwiseNot e, Object value) {
    return RowArithmetic.box(~longOf(value), e.type().kind());
  }

  static Object shift(Shift e, Object left, Object right) {
    long amount = longOf(right);
    if (amount < 0 || amount >= e.limit()) {
      return e.mode() == ErrorMode.WRAP ? left : RowArithmetic.fail(e.mode(), RowError.OVERFLOW);
    }
    long value = longOf(left);
    long shifted = e.direction() == Shift.Direction.LEFT ? value << amount : value >> amount;
    return RowArithmetic.box(shifted, e.type().kind());
  }

  static Object divide(Object left, Object right) {
    return left instanceof Float a
        ? (Object) (a / (Float) right)
        : (Object) ((Double) left / (Double) right);
  }

  /** Single precision loses nothing on the way through double precision. */
  static Object apply(FloatMath e, Object value) {
    double result = apply(e.function(), ((Number) value).doubleValue());
    return value instanceof Float ? (Object) (float) result : (Object) result;
  }

  private static double apply(FloatMath.Function function, double number) {
    return switch (function) {
      case SQRT -> Math.sqrt(number);
      case FLOOR -> Math.floor(number);
      case CEIL -> Math.ceil(number);
      case TRUNC -> number < 0 ? Math.ceil(number) : Math.floor(number);
      case RINT -> Math.rint(number);
    };
  }
}

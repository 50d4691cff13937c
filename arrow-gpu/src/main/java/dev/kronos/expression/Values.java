// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigInteger;

/** Compares and tests values as {@link Literal} describes them. */
final class Values {
  private Values() {}

  /** Returns a negative number, 0 or a positive number; operands are of one class. */
  static int compare(Object a, Object b) {
    if (a instanceof Double x) {
      return compareFloating(x, (Double) b);
    }
    if (a instanceof Float x) {
      return compareFloating(x, (Float) b);
    }
    return compareOrdered(a, b);
  }

  private static int compareOrdered(Object a, Object b) {
    if (a instanceof Boolean x) {
      return x.compareTo((Boolean) b);
    }
    if (a instanceof BigInteger x) {
      return x.compareTo((BigInteger) b);
    }
    if (a instanceof Utf8 x) {
      return x.compareTo((Utf8) b);
    }
    return Long.compare(((Number) a).longValue(), ((Number) b).longValue());
  }

  /** NaN is the largest and equals itself, which is Java's order; -0.0 equals 0.0, which is not. */
  private static int compareFloating(double a, double b) {
    return a == b ? 0 : Double.compare(a, b);
  }

  static boolean isZero(Object number) {
    if (number instanceof BigInteger unscaled) {
      return unscaled.signum() == 0;
    }
    return ((Number) number).doubleValue() == 0;
  }
}

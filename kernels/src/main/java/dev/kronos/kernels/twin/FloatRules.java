// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/** Orders and normalises floats as Spark does: NaN equals NaN and is largest, -0.0 equals 0.0. */
public final class FloatRules {

  private FloatRules() {}

  /**
   * Maps a double to a key whose unsigned order is Spark's order.
   *
   * @param value any double
   * @return the key
   */
  public static long orderKey(double value) {
    long bits = Double.doubleToLongBits(normalize(value));
    return bits < 0 ? ~bits : bits | Long.MIN_VALUE;
  }

  /**
   * Maps a float to a key whose unsigned order is Spark's order.
   *
   * @param value any float
   * @return the key
   */
  public static int orderKey(float value) {
    int bits = Float.floatToIntBits(normalize(value));
    return bits < 0 ? ~bits : bits | Integer.MIN_VALUE;
  }

  /**
   * Makes NaN canonical and -0.0 positive.
   *
   * @param value any double
   * @return the normal form
   */
  public static double normalize(double value) {
    return Double.isNaN(value) ? Double.NaN : value + 0.0;
  }

  /**
   * Makes NaN canonical and -0.0 positive.
   *
   * @param value any float
   * @return the normal form
   */
  public static float normalize(float value) {
    return Float.isNaN(value) ? Float.NaN : value + 0.0f;
  }

  /**
   * Compares by Spark's rules.
   *
   * @param a any double
   * @param b any double
   * @return -1, 0 or 1
   */
  public static int compare(double a, double b) {
    return Long.compareUnsigned(orderKey(a), orderKey(b));
  }

  /**
   * Compares by Spark's rules.
   *
   * @param a any float
   * @param b any float
   * @return -1, 0 or 1
   */
  public static int compare(float a, float b) {
    return Integer.compareUnsigned(orderKey(a), orderKey(b));
  }
}

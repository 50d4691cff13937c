// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/** Converts numbers from and to IEEE 754 binary16, which Java has no type for before version 20. */
public final class Halves {
  private static final int SIGN = 0x8000;
  private static final int EXPONENT = 0x7C00;
  private static final int FRACTION = 0x03FF;
  private static final int FRACTION_BITS = 10;
  private static final int BIAS = 15;
  private static final float LEAST = 0x1p-24f;
  private static final float TOO_GREAT = 65520;

  private Halves() {}

  /**
   * Widens a half, exactly.
   *
   * @param half its bits
   * @return the float of the same value
   */
  public static float toFloat(short half) {
    int fraction = half & FRACTION;
    int exponent = (half & EXPONENT) >>> FRACTION_BITS;
    float magnitude;
    if (exponent == 2 * BIAS + 1) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = fraction * LEAST;
    } else {
      magnitude = Math.scalb(1 + fraction * 0x1p-10f, exponent - BIAS);
    }
    return (half & SIGN) == 0 ? magnitude : -magnitude;
  }

  /**
   * Rounds a float to the nearest half, ties to even.
   *
   * @param value any float
   * @return the half's bits; infinity where the value is too great, a quiet NaN for NaN
   */
  public static short ofFloat(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
    return Float.isNaN(value)
        ? (short) (sign | EXPONENT | (FRACTION + 1) / 2)
        : ofNumber(sign, Math.abs(value));
  }

  /**
   * Rounds a double to the nearest half, ties to even, in one step.
   *
   * @param value any double
   * @return the half's bits; infinity where the value is too great, 0x7E00 for NaN
   */
  public static short ofDouble(double value) {
    int sign = (int) (Double.doubleToRawLongBits(value) >>> 48) & SIGN;
    return Double.isNaN(value)
        ? (short) (EXPONENT | (FRACTION + 1) / 2)
        : ofNumber(sign, Math.abs(value));
  }

  private static short ofNumber(int sign, double magnitude) {
    if (magnitude >= TOO_GREAT) {
      return (short) (sign | EXPONENT);
    }
    int exponent = Math.max(Math.getExponent(magnitude), 1 - BIAS);
    // Halves of this exponent are multiples of this power of two; Math.rint rounds ties to even.
    int steps = (int) Math.rint(Math.scalb(magnitude, FRACTION_BITS - exponent));
    // Adding carries over into the exponent where rounding reaches the next power of two.
    return (short) (sign | ((exponent + BIAS - 1) << FRACTION_BITS) + steps);
  }
}

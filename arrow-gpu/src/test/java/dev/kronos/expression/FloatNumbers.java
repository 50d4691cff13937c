// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Makes floating point numbers whose decimal digits are hard to find, or quickly found. */
final class FloatNumbers {
  private static final long SIGN = 1L << 63;
  private static final int FRACTION_BITS = 52;

  /** One kind of number each. */
  private static final List<ToDoubleFunction<SplittableRandom>> KINDS =
      List.of(
          r -> Double.longBitsToDouble(r.nextLong()),
          r -> Double.longBitsToDouble(r.nextLong() & (((1L << r.nextInt(1, 53)) - 1) | SIGN)),
          r -> near(Double.parseDouble("1e" + r.nextInt(-323, 309)), r),
          r -> near(Math.scalb(1.0, r.nextInt(-1074, 1024)), r),
          r -> near((double) (positive(r) >>> r.nextInt(63)), r),
          r -> positive(r) % power(r) / Math.pow(10, r.nextInt(20)),
          r -> Double.parseDouble(positive(r) % power(r) + "e" + r.nextInt(-330, 310)),
          r -> Math.scalb((double) (positive(r) >>> r.nextInt(63)), r.nextInt(-100, 40)),
          r -> r.nextDouble() * 1000,
          r -> (float) (r.nextDouble() * 1e6),
          r -> Math.scalb((double) r.nextInt(1, 1 << r.nextInt(1, 20)), r.nextInt(-60, 20)),
          r -> Double.longBitsToDouble(r.nextLong() & (-1L << r.nextInt(FRACTION_BITS))));

  private FloatNumbers() {}

  private static long positive(SplittableRandom r) {
    return r.nextLong() >>> 1;
  }

  private static long power(SplittableRandom r) {
    return (long) Math.pow(10, r.nextInt(1, 18));
  }

  /** Returns a number, or one of the four nearest. */
  private static double near(double number, SplittableRandom r) {
    return Double.longBitsToDouble(Double.doubleToLongBits(number) + r.nextInt(-2, 3));
  }

  /** Returns a double of each kind in turn; some are negative, some NaN. */
  static double wide(int i, SplittableRandom r) {
    return KINDS.get(i % KINDS.size()).applyAsDouble(r);
  }

  /** Returns a float: random bits, or a double rounded to one. */
  static float single(int i, SplittableRandom r) {
    return i % 2 == 0 ? Float.intBitsToFloat(r.nextInt()) : (float) wide(i / 2, r);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.kernels.twin.WideInteger;
import java.math.BigInteger;
import java.util.SplittableRandom;

/** Makes edge values, and random values with a liking for edges. Not thread-safe. */
public final class EdgeValues {

  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1.0,
    -1.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Math.nextDown(Double.MIN_NORMAL),
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    2147483648.0,
    2147483647.5,
    -2147483648.5,
    -2147483649.0,
    0x1p63,
    -0x1p63,
    0x1p64,
    Math.nextDown(0x1p63),
    0.5,
    0.49999999999999994,
    1e22,
    1e23,
    Float.MAX_VALUE,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    0x1.fffffefp127,
    0x1.ffffffp127,
    0x1p-150,
    0x1.000001p-150,
    0x1p-149
  };

  private static final int EDGE_KINDS = 4;

  private final SplittableRandom random;
  private final Mix mix;

  /** Says which values come. */
  enum Mix {
    /** Edges alone. */
    EDGES,

    /** Edges and others. */
    ALL
  }

  EdgeValues(long seed, Mix mix) {
    this.random = new SplittableRandom(seed);
    this.mix = mix;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long word() {
    return random.nextLong();
  }

  /** One of some kinds of values, of which the first ones are edges. */
  private int kind(int kinds) {
    return below(mix == Mix.EDGES ? EDGE_KINDS : kinds);
  }

  /** A number of up to {@code bits} bits, signed: any length alike, near powers of two and ten. */
  BigInteger integer(int bits) {
    BigInteger value =
        switch (kind(6)) {
          case 0 -> BigInteger.valueOf(below(5) - 2);
          case 1 -> BigInteger.ONE.shiftLeft(below(bits)).add(BigInteger.valueOf(below(3) - 1));
          case 2 ->
              WideInteger.pow10(below(Math.max(1, bits * 3 / 10)))
                  .add(BigInteger.valueOf(below(3) - 1));
          case 3 -> BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.valueOf(below(2)));
          default -> new BigInteger(1 + below(bits), new java.util.Random(word()));
        };
    return WideInteger.wrap(below(2) == 0 ? value : value.negate(), bits);
  }

  /** An unscaled decimal of at most {@code precision} digits. */
  BigInteger decimal(int precision) {
    BigInteger limit = WideInteger.pow10(precision);
    BigInteger value =
        switch (kind(6)) {
          case 0 -> limit.subtract(BigInteger.ONE);
          case 1 -> WideInteger.pow10(below(precision));
          case 2 -> BigInteger.valueOf(5).multiply(WideInteger.pow10(below(precision)));
          case 3 -> WideInteger.pow10(below(precision)).subtract(BigInteger.ONE);
          default -> new BigInteger(1 + below(limit.bitLength()), new java.util.Random(word()));
        };
    value = value.mod(limit);
    return below(2) == 0 ? value : value.negate();
  }

  double real() {
    return switch (mix == Mix.EDGES ? 0 : below(4)) {
      case 0 -> DOUBLES[below(DOUBLES.length)];
      case 1 -> Double.longBitsToDouble(word());
      case 2 -> (below(2001) - 1000) / 8.0;
      default -> (random.nextDouble() - 0.5) * Math.scalb(1.0, below(140) - 70);
    };
  }

  double finite() {
    double value = real();
    return Double.isFinite(value) ? value : below(100);
  }

  float single() {
    return mix == Mix.EDGES || below(2) == 0 ? (float) real() : Float.intBitsToFloat((int) word());
  }
}

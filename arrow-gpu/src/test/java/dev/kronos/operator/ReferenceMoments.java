// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.operator.aggregate.Function;
import java.math.BigInteger;
import java.util.List;

/**
 * The plain-Java twin of means and squared distances: exact in integers, in units of 2^-1074 and of
 * 2^-2148, and rounded at the end.
 */
public final class ReferenceMoments {
  static final int UNIT = 1074;

  /** Values from here on have no square among doubles. */
  private static final double LARGE = 0x1p512;

  /** Bits of a quotient, more than a double holds, of which the last stands for all below. */
  private static final int QUOTIENT_BITS = 128;

  private BigInteger count = BigInteger.ZERO;
  private BigInteger sum = BigInteger.ZERO;
  private BigInteger squares = BigInteger.ZERO;
  private double sumSpecial;
  private double squaresSpecial;

  private ReferenceMoments() {}

  /**
   * Computes a function of doubles, or of lists of a mean, a count and squared distances.
   *
   * @return null for no values
   */
  public static Double of(List<Object> values, Function function) {
    if (values.isEmpty()) {
      return null;
    }
    ReferenceMoments moments = new ReferenceMoments();
    for (Object value : values) {
      if (value instanceof List<?> partial) {
        long several = ((Double) partial.get(1)).longValue();
        moments.add((Double) partial.get(0), several, (Double) partial.get(2));
      } else {
        moments.add((Double) value, 1, 0);
      }
    }
    return function == Function.MEAN ? moments.mean() : moments.distances();
  }

  private void add(double value, long several, double distances) {
    if (several == 0) {
      return;
    }
    BigInteger weight = BigInteger.valueOf(several);
    count = count.add(weight);
    if (!Double.isFinite(value)) {
      sumSpecial += value;
      squaresSpecial = Double.NaN;
      return;
    }
    sum = sum.add(units(value).multiply(weight));
    if (Double.isFinite(distances)) {
      squares = squares.add(units(distances));
    } else {
      squaresSpecial += distances;
    }
    if (Math.abs(value) >= LARGE) {
      squaresSpecial += Double.POSITIVE_INFINITY;
    } else {
      squares = squares.add(units(value).pow(2).multiply(weight).shiftRight(UNIT));
    }
  }

  /** Returns a double as a multiple of 2^-1074. */
  static BigInteger units(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int field = (int) (bits >>> 52) & 0x7FF;
    long fraction = bits & ((1L << 52) - 1);
    BigInteger size =
        field == 0
            ? BigInteger.valueOf(fraction)
            : BigInteger.valueOf(fraction | 1L << 52).shiftLeft(field - 1);
    return bits < 0 ? size.negate() : size;
  }

  private double mean() {
    return mean(sum, sumSpecial, count);
  }

  /**
   * Divides a sum by a count.
   *
   * @param special the sum of values that are not finite, of which there are none where it is 0
   */
  static double mean(BigInteger sum, double special, BigInteger count) {
    if (count.signum() == 0) {
      return 0;
    }
    double total =
        special != 0 ? special : rounded(sum.abs(), BigInteger.ONE, -UNIT) * sum.signum();
    // There is no negative zero among sums.
    return total == 0 ? 0.0 : total / count.doubleValue();
  }

  private double distances() {
    if (squaresSpecial != 0) {
      return squaresSpecial;
    }
    BigInteger scaled = squares.multiply(count).shiftLeft(UNIT).subtract(sum.pow(2));
    return scaled.signum() <= 0 ? 0 : rounded(scaled, count, -2 * UNIT);
  }

  /** Returns {@code size / divisor * 2^exponent}, to nearest even. */
  static double rounded(BigInteger size, BigInteger divisor, int exponent) {
    if (size.signum() == 0) {
      return 0;
    }
    int shift = QUOTIENT_BITS + divisor.bitLength() - size.bitLength();
    BigInteger shifted = shift > 0 ? size.shiftLeft(shift) : size;
    BigInteger[] quotient = shifted.divideAndRemainder(divisor);
    int drop = Math.max(quotient[0].bitLength() - QUOTIENT_BITS, 0);
    boolean sticky = quotient[1].signum() != 0 || quotient[0].getLowestSetBit() < drop;
    BigInteger kept = quotient[0].shiftRight(drop);
    double wide = (sticky ? kept.or(BigInteger.ONE) : kept).doubleValue();
    return Math.scalb(wide, exponent + drop - Math.max(shift, 0));
  }
}

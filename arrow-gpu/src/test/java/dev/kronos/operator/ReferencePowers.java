// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * The plain-Java twin of cubes and fourth powers of distances from a mean: sums of powers in
 * integers, in units of 2^-1074, moved to a mean of 108 bits and more, and rounded at the end.
 */
public final class ReferencePowers {
  /** Bits that no double holds, in units of 2^-1074. */
  private static final int TOO_LARGE = 2098;

  private static final int LIMB = 32;

  /** Of a sum so many limbs are divided, and of the quotient as many are kept. */
  private static final int DIVIDED_LIMBS = 6;

  private static final int WORD = 64;

  private final int order;
  private final BigInteger[] sums;
  private double special;

  private ReferencePowers(int order) {
    this.order = order;
    this.sums = new BigInteger[order + 1];
    Arrays.fill(sums, BigInteger.ZERO);
  }

  /**
   * Adds a power of the distances of doubles, or of lists of a mean, a count and sums of such
   * powers.
   *
   * @return null for no values
   */
  public static Double of(List<Object> values, int order) {
    if (values.isEmpty()) {
      return null;
    }
    ReferencePowers powers = new ReferencePowers(order);
    for (Object value : values) {
      if (value instanceof List<?> partial) {
        double[] sums = new double[order + 1];
        sums[0] = (Double) partial.get(1);
        for (int power = 2; power <= order; power++) {
          sums[power] = (Double) partial.get(power);
        }
        powers.add((Double) partial.get(0), sums);
      } else {
        double[] one = new double[order + 1];
        one[0] = 1;
        powers.add((Double) value, one);
      }
    }
    return powers.distances();
  }

  private void add(double x, double[] distances) {
    if (distances[0] == 0) {
      return;
    }
    sums[0] = sums[0].add(ReferenceMoments.units(distances[0]));
    for (int power = 1; power <= order; power++) {
      long factor = 1;
      for (int i = 0; i < power; i++) {
        if (distances[i] != 0) {
          add(factor, x, power, i, distances[i]);
        }
        factor = factor * (power - i) / (i + 1);
      }
      // The device adds the rest as a double, so that what is infinite stays so.
      double rest = power == 1 ? 0 : distances[power];
      if (Double.isFinite(rest)) {
        sums[power] = sums[power].add(ReferenceMoments.units(rest));
      } else if (power == order) {
        special += rest;
      }
    }
  }

  private void add(long factor, double x, int power, int known, double distances) {
    if (!Double.isFinite(x) || !Double.isFinite(distances)) {
      special = power == order ? Double.NaN : special;
      return;
    }
    BigInteger product =
        ReferenceMoments.units(x)
            .pow(power - known)
            .multiply(ReferenceMoments.units(distances))
            .multiply(BigInteger.valueOf(factor));
    BigInteger size = product.abs().shiftRight(ReferenceMoments.UNIT * (power - known));
    if (size.bitLength() > TOO_LARGE) {
      special += power == order ? product.signum() * Double.POSITIVE_INFINITY : 0;
    } else {
      sums[power] = sums[power].add(product.signum() < 0 ? size.negate() : size);
    }
  }

  private double distances() {
    if (special != 0) {
      return special;
    }
    if (sums[0].signum() == 0) {
      return 0;
    }
    BigInteger[] moved = sums.clone();
    for (int turn = 1; turn <= order; turn++) {
      for (int power = order; power >= turn; power--) {
        moved[power] = moved[power].subtract(byMean(moved[power - 1]));
      }
    }
    BigInteger result = moved[order];
    boolean none = order % 2 == 0 && result.signum() < 0;
    double size = ReferenceMoments.rounded(result.abs(), BigInteger.ONE, -ReferenceMoments.UNIT);
    return none ? 0.0 : result.signum() < 0 ? -size : size;
  }

  /** Multiplies by the mean, of which lower bits are cut off; rounds a magnitude's share down. */
  private BigInteger byMean(BigInteger sum) {
    BigInteger size = sums[1].abs();
    int top = Math.max(size.bitLength() - 1, 0) / LIMB;
    int low = LIMB * (top - DIVIDED_LIMBS + 1);
    BigInteger count = sums[0].shiftRight(ReferenceMoments.UNIT);
    BigInteger quotient = size.shiftRight(low).divide(count);
    int drop = quotient.bitLength() > 2 * WORD ? WORD : 0;
    BigInteger product = sum.multiply(quotient.shiftRight(drop));
    BigInteger moved = product.shiftRight(ReferenceMoments.UNIT - low - drop);
    return sums[1].signum() < 0 ? moved.negate() : moved;
  }
}

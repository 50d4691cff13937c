// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.operator.aggregate.Function;
import java.math.BigInteger;
import java.util.List;

/**
 * The plain-Java twin of means of pairs and products of distances from them: exact in integers, in
 * units of 2^-1074 and of 2^-2148, and rounded at the end.
 */
public final class ReferencePairs {
  /** Bits that no double holds, in units of 2^-1074. */
  private static final int TOO_LARGE = 2098;

  private BigInteger count = BigInteger.ZERO;
  private BigInteger left = BigInteger.ZERO;
  private BigInteger right = BigInteger.ZERO;
  private BigInteger products = BigInteger.ZERO;
  private double leftSpecial;
  private double rightSpecial;
  private double productsSpecial;

  private ReferencePairs() {}

  /**
   * Computes a function of lists of both sides, or of both means, a count and products of
   * distances.
   *
   * @return null for no pairs
   */
  public static Double of(List<Object> values, Function function) {
    if (values.isEmpty()) {
      return null;
    }
    ReferencePairs pairs = new ReferencePairs();
    for (Object value : values) {
      List<?> pair = (List<?>) value;
      boolean several = pair.size() > 2;
      long weight = several ? ((Double) pair.get(2)).longValue() : 1;
      double distances = several ? (Double) pair.get(3) : 0;
      if (weight != 0) {
        pairs.add((Double) pair.get(0), (Double) pair.get(1), weight, distances);
      }
    }
    return switch (function) {
      case LEFT_MEAN -> ReferenceMoments.mean(pairs.left, pairs.leftSpecial, pairs.count);
      case RIGHT_MEAN -> ReferenceMoments.mean(pairs.right, pairs.rightSpecial, pairs.count);
      default -> pairs.distances();
    };
  }

  private void add(double x, double y, long several, double distances) {
    BigInteger weight = BigInteger.valueOf(several);
    count = count.add(weight);
    if (Double.isFinite(x)) {
      left = left.add(ReferenceMoments.units(x).multiply(weight));
    } else {
      leftSpecial += x;
    }
    if (Double.isFinite(y)) {
      right = right.add(ReferenceMoments.units(y).multiply(weight));
    } else {
      rightSpecial += y;
    }
    if (Double.isFinite(distances)) {
      products = products.add(ReferenceMoments.units(distances));
    } else {
      productsSpecial += distances;
    }
    if (Double.isFinite(x) && Double.isFinite(y)) {
      addProduct(ReferenceMoments.units(x).multiply(ReferenceMoments.units(y)), weight);
    } else {
      productsSpecial = Double.NaN;
    }
  }

  /** Adds a product in units of 2^-2148, of which bits below 2^-1074 are cut off. */
  private void addProduct(BigInteger product, BigInteger weight) {
    if (product.bitLength() - ReferenceMoments.UNIT > TOO_LARGE) {
      productsSpecial += product.signum() * Double.POSITIVE_INFINITY;
      return;
    }
    BigInteger size = product.abs().multiply(weight).shiftRight(ReferenceMoments.UNIT);
    products = products.add(product.signum() < 0 ? size.negate() : size);
  }

  private double distances() {
    if (productsSpecial != 0) {
      return productsSpecial;
    }
    BigInteger scaled = products.multiply(count).shiftLeft(ReferenceMoments.UNIT);
    BigInteger distances = scaled.subtract(left.multiply(right));
    double size = ReferenceMoments.rounded(distances.abs(), count, -2 * ReferenceMoments.UNIT);
    return distances.signum() < 0 ? -size : size;
  }
}

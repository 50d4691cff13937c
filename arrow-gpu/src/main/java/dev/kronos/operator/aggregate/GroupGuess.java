// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

/**
 * Guesses how many groups rows have from those of a sample and of its first half. Of g groups of
 * equal size, n rows chosen at random miss a share of e^(-n/g) (the occupancy problem: W. Feller,
 * An Introduction to Probability Theory and Its Applications, volume 1, chapter IV).
 *
 * @param rows rows of the sample that have a group, 0 or more
 * @param half groups of the first half of them
 * @param groups groups of all of them, {@code half} or more
 */
record GroupGuess(long rows, long half, long groups) {
  /**
   * Returns the greatest of two guesses: that all rows are of groups of equal size, and that some
   * are of few large groups and only the others of such; but no more than there are if the other
   * rows bring new groups as often as the second half did.
   *
   * @param others rows that are not in the sample, 0 or more
   */
  long likely(long others) {
    double most = groups + 2.0 * (groups - half) / Math.max(1, rows) * others;
    return (long) Math.ceil(Math.min(most, Math.max(ofEqual(), ofSome())));
  }

  /** Solves {@code groups = g (1 - e^(-rows/g))} for g by halving. */
  private double ofEqual() {
    double low = groups;
    double high = Long.MAX_VALUE;
    while (high - low > 1) {
      double middle = low < 1 ? high / 2 : Math.sqrt(low) * Math.sqrt(high);
      if (middle <= low || middle >= high) {
        break;
      }
      if (-middle * Math.expm1(-rows / middle) < groups) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Of the groups that the first half left, the second finds as great a share: e^(-n/2g). */
  private double ofSome() {
    double missed = (double) (groups - half) / Math.max(1, half);
    return missed < 1 ? groups / (1 - missed * missed) : Double.POSITIVE_INFINITY;
  }
}

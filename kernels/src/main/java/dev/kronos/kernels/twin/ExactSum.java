// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.math.BigDecimal;

/** Sums doubles exactly and rounds once, as {@code superaccumulator.glsl} does. */
public final class ExactSum {

  private ExactSum() {}

  /**
   * Sums.
   *
   * @param values any doubles
   * @return the exact sum rounded to nearest even; NaN if a NaN or both infinities are among them;
   *     0.0, never -0.0, for a sum of zero
   */
  public static double of(double... values) {
    BigDecimal sum = BigDecimal.ZERO;
    double special = 0.0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        sum = sum.add(new BigDecimal(value));
      } else {
        special += value;
      }
    }
    return special == 0.0 ? sum.doubleValue() : special;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Arithmetic on unscaled decimals, as Spark does it. */
final class Decimals {
  private static final BigInteger[] POWERS = new BigInteger[DataType.MAX_PRECISION + 1];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = BigInteger.TEN.pow(i);
    }
  }

  private Decimals() {}

  /** Tells whether {@code unscaled} has at most {@code precision} digits. */
  static boolean fits(BigInteger unscaled, int precision) {
    return unscaled.abs().compareTo(POWERS[precision]) < 0;
  }

  /** Returns the number that {@code unscaled} stands for. */
  static BigDecimal scaled(BigInteger unscaled, DataType type) {
    return new BigDecimal(unscaled, type.scale());
  }

  /** Rounds half up to the scale of {@code type}; returns null when the precision is exceeded. */
  static BigInteger round(BigDecimal value, DataType type) {
    BigInteger unscaled = value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
    return fits(unscaled, type.precision()) ? unscaled : null;
  }
}

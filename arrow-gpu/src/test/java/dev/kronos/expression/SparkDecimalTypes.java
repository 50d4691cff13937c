// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic.Operator;

/** Gives the decimal types that SQL gives to results, as a planner would. */
final class SparkDecimalTypes {
  private static final int MIN_ADJUSTED_SCALE = 6;

  private SparkDecimalTypes() {}

  static DataType of(Operator operator, DataType a, DataType b) {
    int left = a.precision() - a.scale();
    int right = b.precision() - b.scale();
    int scale = Math.max(a.scale(), b.scale());
    return switch (operator) {
      case ADD, SUBTRACT -> adjust(Math.max(left, right) + scale + 1, scale);
      case MULTIPLY -> adjust(a.precision() + b.precision() + 1, a.scale() + b.scale());
      case DIVIDE ->
          quotient(left + b.scale(), Math.max(MIN_ADJUSTED_SCALE, a.scale() + b.precision() + 1));
      case REMAINDER -> adjust(Math.max(1, Math.min(left, right) + scale), scale);
      case INTEGRAL_DIVIDE -> DataType.INT64;
    };
  }

  private static DataType quotient(int digits, int scale) {
    return adjust(digits + scale, scale);
  }

  private static DataType adjust(int precision, int scale) {
    if (precision <= DataType.MAX_PRECISION) {
      return DataType.decimal(precision, scale);
    }
    int digits = precision - scale;
    int kept = Math.max(DataType.MAX_PRECISION - digits, Math.min(scale, MIN_ADJUSTED_SCALE));
    return DataType.decimal(DataType.MAX_PRECISION, kept);
  }
}

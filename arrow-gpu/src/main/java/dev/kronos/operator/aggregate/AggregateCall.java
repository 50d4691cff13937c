// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import java.util.Objects;

/**
 * Describes one aggregate function of a grouping.
 *
 * @param function what is computed
 * @param argument over the columns that leave the pipeline; null only to COUNT rows
 * @param resultType INT64 for COUNT and integer sums, a decimal of the argument's scale for decimal
 *     sums, FLOAT64 for floating sums, BOOLEAN for SEEN, the argument's type for MIN and MAX
 * @param mode what a sum does that does not fit: ANSI fails, NULL gives null, WRAP (integers only)
 *     keeps the low 64 bits
 */
public record AggregateCall(
    Function function, Expression argument, DataType resultType, ErrorMode mode) {

  /** Checks that the parts fit each other. */
  public AggregateCall {
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(resultType, "resultType");
    Objects.requireNonNull(mode, "mode");
    if (argument == null && function != Function.COUNT) {
      throw new IllegalArgumentException("aggregate needs an argument: function=" + function);
    }
    if (!fits(function, argument == null ? null : argument.type(), resultType)) {
      throw new IllegalArgumentException(
          "aggregate does not give this type: function="
              + function
              + " argument="
              + argument
              + " result="
              + resultType);
    }
  }

  private static boolean fits(Function function, DataType argument, DataType result) {
    return switch (function) {
      case COUNT -> result.equals(DataType.INT64);
      case SEEN -> result.equals(DataType.BOOLEAN);
      case MIN, MAX -> result.equals(argument);
      case SUM -> sumFits(argument, result);
    };
  }

  private static boolean sumFits(DataType argument, DataType result) {
    if (argument.isDecimal()) {
      return result.isDecimal() && result.scale() == argument.scale();
    }
    return argument.isFloating()
        ? result.equals(DataType.FLOAT64)
        : argument.isIntegral() && result.equals(DataType.INT64);
  }

  /** Tells whether the result may be null. */
  public boolean nullable() {
    return function != Function.COUNT && function != Function.SEEN;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Locale;
import java.util.Objects;

/**
 * Applies a function that is exact, or correctly rounded, on every device. A NaN gives the
 * canonical NaN; zeros keep their sign.
 *
 * @param function what to compute
 * @param child the number
 */
public record FloatMath(Function function, Expression child) implements UnaryExpression {

  /** Lists the functions. */
  public enum Function {
    /** The square root, correctly rounded; NaN below zero. */
    SQRT,
    /** The largest whole number that is not above. */
    FLOOR,
    /** The smallest whole number that is not below. */
    CEIL,
    /** The whole number next to it towards zero. */
    TRUNC,
    /** The nearest whole number, the even one of two. */
    RINT
  }

  /** Checks that the operand is floating point. */
  public FloatMath {
    Objects.requireNonNull(function, "function");
    Types.require(name(function), child.type(), DataType::isFloating);
  }

  /** Returns the name of a function in text and code. */
  static String name(Function function) {
    return function.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public DataType type() {
    return child.type();
  }

  @Override
  public String toString() {
    return name(function) + "(" + child + ")";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.expression.ScalarFunction.Failure;
import java.util.List;
import java.util.Objects;

/**
 * Applies a function to operands; null if one of them is.
 *
 * @param function the function
 * @param children its operands
 * @param mode what happens where it has no value: ANSI fails, the others give null
 */
public record Call(ScalarFunction function, List<Expression> children, ErrorMode mode)
    implements Expression {

  /** Copies the operands and checks their types. */
  public Call {
    Objects.requireNonNull(mode, "mode");
    children = List.copyOf(children);
    function.signature().check(function.glslName(), children);
  }

  /** Applies a function; where it has no value the row is in error. */
  public static Call of(ScalarFunction function, Expression... operands) {
    return new Call(function, List.of(operands), ErrorMode.ANSI);
  }

  @Override
  public DataType type() {
    return function.signature().check(function.glslName(), children);
  }

  @Override
  public boolean nullable() {
    return givesNull() || children.stream().anyMatch(Expression::nullable);
  }

  /** Tells whether some operands make the function, not its operands, give null. */
  private boolean givesNull() {
    return function.failure() == Failure.BY_MODE && mode != ErrorMode.ANSI;
  }

  /** Tells whether some operands make the function, not its operands, put the row in error. */
  boolean raises() {
    return function.failure() == Failure.ALWAYS
        || (function.failure() == Failure.BY_MODE && mode == ErrorMode.ANSI);
  }

  /** Returns what a failure does, once modes that make no difference are set aside. */
  ErrorMode effectiveMode() {
    return function.failure() == Failure.ALWAYS ? ErrorMode.ANSI : mode;
  }

  @Override
  public String toString() {
    return Children.text(function.glslName() + "(", children, ")");
  }
}

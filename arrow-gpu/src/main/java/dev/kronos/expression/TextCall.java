// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.Objects;

/**
 * Calls a function of strings; null if an operand is.
 *
 * @param function the function
 * @param operands its operands, of the types that it takes
 */
public record TextCall(TextFunction function, List<Expression> operands) implements Expression {

  /** Checks the operands' types. */
  public TextCall {
    Objects.requireNonNull(function, "function");
    operands = List.copyOf(operands);
    List<DataType> types = operands.stream().map(Expression::type).toList();
    if (!types.equals(function.operands())) {
      throw new IllegalArgumentException(
          "function does not take these types: function=" + function + " types=" + types);
    }
  }

  /** Makes a call. */
  public static TextCall of(TextFunction function, Expression... operands) {
    return new TextCall(function, List.of(operands));
  }

  @Override
  public DataType type() {
    return function.type();
  }

  @Override
  public boolean nullable() {
    return operands.stream().anyMatch(Expression::nullable);
  }

  @Override
  public List<Expression> children() {
    return operands;
  }

  @Override
  public String toString() {
    // A table is not for reading.
    List<Expression> shown = function == TextFunction.MAP ? operands.subList(0, 1) : operands;
    return Children.text(function.function() + "(", shown, ")");
  }
}

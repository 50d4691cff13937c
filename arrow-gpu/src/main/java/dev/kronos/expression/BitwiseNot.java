// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Inverts every bit of an integer.
 *
 * @param child the integer
 */
public record BitwiseNot(Expression child) implements Expression {

  /** Checks that the operand is an integer. */
  public BitwiseNot {
    Types.require("~", child.type(), DataType::isIntegral);
  }

  @Override
  public DataType type() {
    return child.type();
  }

  @Override
  public boolean nullable() {
    return child.nullable();
  }

  @Override
  public List<Expression> children() {
    return List.of(child);
  }

  @Override
  public String toString() {
    return "(~" + child + ")";
  }
}

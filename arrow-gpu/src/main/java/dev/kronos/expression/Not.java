// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/**
 * Negates a boolean; null stays null.
 *
 * @param child the boolean
 */
public record Not(Expression child) implements UnaryExpression {

  /** Checks that the operand is boolean. */
  public Not {
    Types.requireBoolean("not", child);
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public String toString() {
    return "(not " + child + ")";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Negates a boolean; null stays null.
 *
 * @param child the boolean
 */
public record Not(Expression child) implements Expression {

  /** Checks that the operand is boolean. */
  public Not {
    Types.requireBoolean("not", child);
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
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
    return "(not " + child + ")";
  }
}

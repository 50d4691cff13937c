// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Objects;

/**
 * Tests whether a value is not null; never null itself.
 *
 * @param child the value
 */
public record IsNotNull(Expression child) implements UnaryExpression {

  /** Checks that there is an operand. */
  public IsNotNull {
    Objects.requireNonNull(child, "child");
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public String toString() {
    return "(" + child + " is not null)";
  }
}

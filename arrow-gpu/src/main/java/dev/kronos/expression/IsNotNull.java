// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.Objects;

/**
 * Tests whether a value is not null; never null itself.
 *
 * @param child the value
 */
public record IsNotNull(Expression child) implements Expression {

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
  public List<Expression> children() {
    return List.of(child);
  }

  @Override
  public String toString() {
    return "(" + child + " is not null)";
  }
}

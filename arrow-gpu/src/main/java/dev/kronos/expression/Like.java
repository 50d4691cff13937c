// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Objects;

/**
 * Tests whether the whole of a string is of a pattern; null if the string is. The pattern is data
 * of the generated code, not part of it.
 *
 * @param child the string
 * @param pattern the pattern
 */
public record Like(Expression child, LikePattern pattern) implements UnaryExpression {

  /** Checks that the operand is a string. */
  public Like {
    Objects.requireNonNull(pattern, "pattern");
    Types.requireString("like", child);
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public String toString() {
    return "(" + child + " like " + pattern + ")";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Objects;

/**
 * Leaves out the spaces (U+0020) at the ends of a string; null if it is null. The value is a view
 * of the operand's characters.
 *
 * @param ends which ends
 * @param child the string
 */
public record Trim(Ends ends, Expression child) implements UnaryExpression {

  /** Lists the choices of ends. */
  public enum Ends {
    /** The start. */
    START("str_trim_start"),
    /** The end. */
    END("str_trim_end"),
    /** Both. */
    BOTH("str_trim");

    private final String function;

    Ends(String function) {
      this.function = function;
    }

    /** Returns the name of the function in GLSL. */
    String function() {
      return function;
    }
  }

  /** Checks that the operand is a string. */
  public Trim {
    Objects.requireNonNull(ends, "ends");
    Types.requireString("trim", child);
  }

  @Override
  public DataType type() {
    return DataType.STRING;
  }

  @Override
  public String toString() {
    return ends.function() + "(" + child + ")";
  }
}

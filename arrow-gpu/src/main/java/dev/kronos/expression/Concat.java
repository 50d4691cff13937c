// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.Objects;

/**
 * Puts strings one behind the other.
 *
 * @param kind what stands between them, and what nulls do
 * @param operands one string or more
 */
public record Concat(Kind kind, List<Expression> operands) implements Expression {

  /** Lists the kinds. */
  public enum Kind {
    /** Nothing between; null if an operand is. */
    PLAIN,
    /** The first operand between the others; others that are null are left out. */
    SEPARATED
  }

  /** Checks that the operands are strings. */
  public Concat {
    Objects.requireNonNull(kind, "kind");
    operands = List.copyOf(operands);
    if (operands.isEmpty()) {
      throw new IllegalArgumentException("concat without operands");
    }
    operands.forEach(operand -> Types.requireString("concat", operand));
  }

  @Override
  public DataType type() {
    return DataType.STRING;
  }

  @Override
  public boolean nullable() {
    return kind == Kind.SEPARATED
        ? operands.get(0).nullable()
        : operands.stream().anyMatch(Expression::nullable);
  }

  @Override
  public List<Expression> children() {
    return operands;
  }

  @Override
  public String toString() {
    String name = kind == Kind.PLAIN ? "concat(" : "concat_ws(";
    return Children.text(name, operands, ")");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Objects;

/**
 * Combines the bits of two integers of one type.
 *
 * @param operator what to do with each pair of bits
 * @param left left operand
 * @param right right operand
 */
public record Bitwise(Operator operator, Expression left, Expression right)
    implements BinaryExpression {

  /** Lists the operations. */
  public enum Operator {
    /** One where both are. */
    AND("&"),
    /** One where either is. */
    OR("|"),
    /** One where they differ. */
    XOR("^");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** Returns the SQL spelling. */
    public String symbol() {
      return symbol;
    }
  }

  /** Checks that the operands are integers of one type. */
  public Bitwise {
    Objects.requireNonNull(operator, "operator");
    Types.require(operator.symbol(), left.type(), DataType::isIntegral);
    Types.requireSame(operator.symbol(), left.type(), right.type());
  }

  @Override
  public DataType type() {
    return left.type();
  }

  @Override
  public String toString() {
    return "(" + left + " " + operator.symbol() + " " + right + ")";
  }
}

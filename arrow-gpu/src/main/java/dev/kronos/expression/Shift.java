// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Objects;

/**
 * Shifts the bits of an integer; to the right the sign fills up. The amount is of the same type and
 * lies in 0 to the bits of the type less 2, as Arrow has it. Outside of that ANSI fails, NULL gives
 * null and WRAP gives the value as it is.
 *
 * @param direction where the bits go
 * @param left the integer
 * @param right how many places
 * @param mode what an amount out of range does
 */
public record Shift(Direction direction, Expression left, Expression right, ErrorMode mode)
    implements BinaryExpression {

  /** Lists the directions. */
  public enum Direction {
    /** To higher bits; those that leave are lost, without an error. */
    LEFT("<<"),
    /** To lower bits. */
    RIGHT(">>");

    private final String symbol;

    Direction(String symbol) {
      this.symbol = symbol;
    }

    /** Returns the SQL spelling. */
    public String symbol() {
      return symbol;
    }
  }

  /** Checks that the operands are integers of one type. */
  public Shift {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(mode, "mode");
    Types.require(direction.symbol(), left.type(), DataType::isIntegral);
    Types.requireSame(direction.symbol(), left.type(), right.type());
  }

  /** Returns the smallest amount that is too large. */
  int limit() {
    return RowArithmetic.bits(left.type()) - 1;
  }

  @Override
  public DataType type() {
    return left.type();
  }

  @Override
  public boolean nullable() {
    return left.nullable() || right.nullable() || mode == ErrorMode.NULL;
  }

  @Override
  public String toString() {
    return "(" + left + " " + direction.symbol() + " " + right + ")";
  }
}

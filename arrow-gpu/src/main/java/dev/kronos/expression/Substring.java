// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Takes characters of a string: {@code length} of them from the {@code position}-th on, counted
 * from 1, or from the end where it is negative; 0 counts as 1. What lies outside the string is left
 * out, a position before its start included. Null if an operand is. The first byte of a character
 * says how many it has, and one that begins none counts as a character.
 *
 * <p>The value is a view of the operand's characters: nothing is copied.
 *
 * @param text the string
 * @param position the position, INT32
 * @param length how many characters, INT32; nothing for 0 and below
 */
public record Substring(Expression text, Expression position, Expression length)
    implements Expression {

  /** Checks the operands' types. */
  public Substring {
    Types.requireString("substring", text);
    Types.require("substring", position.type(), DataType.INT32::equals);
    Types.require("substring", length.type(), DataType.INT32::equals);
  }

  @Override
  public DataType type() {
    return DataType.STRING;
  }

  @Override
  public boolean nullable() {
    return text.nullable() || position.nullable() || length.nullable();
  }

  @Override
  public List<Expression> children() {
    return List.of(text, position, length);
  }

  @Override
  public String toString() {
    return "substring(" + text + ", " + position + ", " + length + ")";
  }
}

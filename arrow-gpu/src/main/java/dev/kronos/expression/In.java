// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Tests whether a value equals one of some constants: true if so; else null if the value or one of
 * the constants is null; else false. Equality is that of {@link Comparison}.
 *
 * @param value the value
 * @param list one constant or more, of the value's type
 */
public record In(Expression value, List<Literal> list) implements Expression {

  /** Checks that the constants are of the value's type. */
  public In {
    list = List.copyOf(list);
    if (list.isEmpty()) {
      throw new IllegalArgumentException("in without constants");
    }
    for (Literal literal : list) {
      Types.requireSame("in", value.type(), literal.type());
    }
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public boolean nullable() {
    return value.nullable() || hasNull();
  }

  /** Tells whether one of the constants is null. */
  public boolean hasNull() {
    return list.stream().anyMatch(Literal::nullable);
  }

  /** Returns the value alone: constants are compared, not evaluated. */
  @Override
  public List<Expression> children() {
    return List.of(value);
  }

  @Override
  public String toString() {
    return Children.text("(" + value + " in (", list, "))");
  }
}

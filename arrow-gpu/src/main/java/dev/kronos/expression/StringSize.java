// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Locale;
import java.util.Objects;

/**
 * Measures a string; null if it is null. Characters are those of {@link Substring}.
 *
 * @param unit what is counted
 * @param child the string
 */
public record StringSize(Unit unit, Expression child) implements UnaryExpression {

  /** Lists what can be counted. */
  public enum Unit {
    /** Characters. */
    CHARACTERS,
    /** Bytes of UTF-8. */
    BYTES
  }

  /** Checks that the operand is a string. */
  public StringSize {
    Objects.requireNonNull(unit, "unit");
    Types.requireString("size", child);
  }

  @Override
  public DataType type() {
    return DataType.INT32;
  }

  @Override
  public String toString() {
    return unit.name().toLowerCase(Locale.ROOT) + "(" + child + ")";
  }
}

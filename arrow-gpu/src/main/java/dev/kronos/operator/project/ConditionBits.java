// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.Literal;
import java.util.List;
import java.util.Optional;

/** Finds conditions that lie as bits in columns, so that they are known of 32 rows at once. */
final class ConditionBits {
  private static final Literal TRUE = new Literal(DataType.BOOLEAN, true);

  private final List<ColumnLayout> inputs;

  ConditionBits(List<ColumnLayout> inputs) {
    this.inputs = inputs;
  }

  /**
   * Returns the expression of the rows of {@code word} for which a condition is true, in GLSL, or
   * nothing where it must be evaluated: a column of booleans, that a value is there, and a column
   * of booleans with true in place of null are known.
   */
  Optional<String> of(Expression condition) {
    if (condition instanceof ColumnReference column && lieAsBits(column)) {
      return Optional.of("%s & %s".formatted(valid(column), call("k_true", column)));
    }
    if (condition instanceof IsNotNull given
        && given.child() instanceof ColumnReference column
        && marksAreBits(column)) {
      return Optional.of(valid(column));
    }
    if (condition instanceof Coalesce coalesce
        && coalesce.children().size() == 2
        && coalesce.children().get(0) instanceof ColumnReference column
        && coalesce.children().get(1).equals(TRUE)
        && lieAsBits(column)) {
      return Optional.of("~%s | %s".formatted(valid(column), call("k_true", column)));
    }
    return Optional.empty();
  }

  private boolean lieAsBits(ColumnReference column) {
    return inputs.get(column.index()).storage() == Storage.BITS && marksAreBits(column);
  }

  private boolean marksAreBits(ColumnReference column) {
    ColumnLayout layout = inputs.get(column.index());
    return !layout.nullable() || layout.validity() == Validity.BITS;
  }

  private String valid(ColumnReference column) {
    return inputs.get(column.index()).nullable() ? call("k_valid", column) : "~0u";
  }

  private static String call(String function, ColumnReference column) {
    return "%s(KRONOS_COLUMN(%d), word)".formatted(function, column.index());
  }
}

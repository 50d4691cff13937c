// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Holds a column of a {@link RowPlan}.
 *
 * @param field its name and Arrow type
 * @param type the type of its values, or of what is as wide where they have no column type
 * @param reference how it lies in memory
 */
record PlanColumn(Field field, DataType type, ColumnReference reference) {

  /** Returns the values, whatever the Arrow type makes of them. */
  Expression value() {
    return CarriedRules.as(reference, type);
  }

  /**
   * Returns the values for functions over rows.
   *
   * @throws KronosException.Unsupported when the Arrow type has no column type, or the column is
   *     dictionary-encoded
   */
  Expression operand() {
    requirePlain(field);
    ArrowColumns.dataType(field.getType());
    return value();
  }

  static void requirePlain(Field field) {
    if (field.getDictionary() != null) {
      throw new KronosException.Unsupported(
          message("vector is dictionary-encoded and its dictionary is not given", "vector", field));
    }
  }

  /** Tells whether an expression is this column and nothing else. */
  boolean is(Expression expression) {
    return expression.equals(value());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.HostColumn;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Expression;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Reads vectors as keys, which are equal when their bits are. Vectors without a column type are
 * read as what is as wide, so that every layout can be a key.
 */
final class KeyColumns {
  private KeyColumns() {}

  static HostColumn describe(FieldVector vector, int rows) {
    return ArrowColumns.findDataType(vector.getField().getType()).isPresent()
        ? ArrowColumns.describe(vector, rows)
        : PhysicalColumns.describe(List.of(vector), rows).columns().get(0);
  }

  /** Makes all NaNs one; 0.0 and -0.0 stay two, as in Arrow. */
  static Expression key(Expression value) {
    if (!value.type().isFloating()) {
      return value;
    }
    Expression nan = NumberRules.number(value.type(), Double.NaN);
    return new CaseWhen(List.of(new CaseWhen.Branch(ComparisonRules.isNan(value), nan)), value);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.column.HostColumn;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Expression;
import dev.kronos.kernels.twin.Halves;
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

  /** Returns the type of a vector's values, or of its column where it has no column type. */
  static DataType type(FieldVector vector, HostColumn column) {
    return ArrowColumns.findDataType(vector.getField().getType()).orElse(column.layout().type());
  }

  /**
   * Makes what is equal where keys are: all NaNs one, while 0.0 and -0.0 stay two, as in Arrow, and
   * every other value its bits.
   */
  static Expression key(Expression value) {
    if (value.type().equals(DataType.FLOAT16)) {
      Expression nan = NumberRules.integer(DataType.INT16, Halves.ofDouble(Double.NaN));
      Expression bits = CarriedRules.bits(value);
      return new CaseWhen(List.of(new CaseWhen.Branch(ComparisonRules.isNan(value), nan)), bits);
    }
    if (!value.type().isFloating()) {
      return CarriedRules.bits(value);
    }
    Expression nan = NumberRules.number(value.type(), Double.NaN);
    return new CaseWhen(List.of(new CaseWhen.Branch(ComparisonRules.isNan(value), nan)), value);
  }
}

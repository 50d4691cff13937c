// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.expression.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.arrow.vector.FieldVector;

/** Reads single values of Arrow vectors. */
final class ScalarReader {
  private ScalarReader() {}

  /** Returns the value at an index, from 0 to below the vector's count. */
  static Scalar read(FieldVector vector, int index) {
    DataType type = ArrowColumns.dataType(vector.getField().getType());
    return new Scalar(type, widened(type, RowValues.read(vector, index)));
  }

  private static Object widened(DataType type, Object value) {
    if (value instanceof BigInteger unscaled) {
      return new BigDecimal(unscaled, type.scale());
    } else if (value instanceof Float number) {
      return number.doubleValue();
    } else if (value instanceof Utf8 text) {
      return text.toString();
    } else if (value instanceof Number integer && !type.isFloating()) {
      return integer.longValue();
    }
    return value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;

/** Reads single values of Arrow vectors. */
final class ScalarReader {
  private ScalarReader() {}

  /** Returns the value at an index, from 0 to below the vector's count. */
  static Scalar read(FieldVector vector, int index) {
    DataType type = ArrowColumns.dataType(vector.getField().getType());
    return new Scalar(type, vector.isNull(index) ? null : value(vector, index));
  }

  private static Object value(FieldVector vector, int index) {
    if (vector instanceof BitVector bits) {
      return bits.get(index) != 0;
    } else if (vector instanceof TinyIntVector integers) {
      return (long) integers.get(index);
    } else if (vector instanceof SmallIntVector integers) {
      return (long) integers.get(index);
    } else if (vector instanceof IntVector integers) {
      return (long) integers.get(index);
    } else if (vector instanceof BigIntVector integers) {
      return integers.get(index);
    } else if (vector instanceof DateDayVector days) {
      return (long) days.get(index);
    } else if (vector instanceof TimeStampVector times) {
      return times.get(index);
    } else if (vector instanceof Float4Vector numbers) {
      return (double) numbers.get(index);
    } else if (vector instanceof Float8Vector numbers) {
      return numbers.get(index);
    } else if (vector instanceof DecimalVector decimals) {
      return decimals.getObject(index);
    }
    throw new KronosException.Unsupported(
        message("no scalar of this vector", "class", vector.getClass().getName()));
  }
}

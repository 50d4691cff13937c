// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.expression.Utf8;
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
import org.apache.arrow.vector.VarCharVector;

/** Reads single values of Arrow vectors as expressions know them. */
final class RowValues {
  private RowValues() {}

  /**
   * Returns the value at an index, from 0 to below the vector's count, as {@link
   * dev.kronos.expression.Literal} describes it; or null.
   */
  static Object read(FieldVector vector, int index) {
    return vector.isNull(index) ? null : value(vector, index);
  }

  private static Object value(FieldVector vector, int index) {
    if (vector instanceof BitVector bits) {
      return bits.get(index) != 0;
    } else if (vector instanceof TinyIntVector integers) {
      return integers.get(index);
    } else if (vector instanceof SmallIntVector integers) {
      return integers.get(index);
    } else if (vector instanceof IntVector integers) {
      return integers.get(index);
    } else if (vector instanceof BigIntVector integers) {
      return integers.get(index);
    } else if (vector instanceof DateDayVector days) {
      return days.get(index);
    } else if (vector instanceof TimeStampVector times) {
      return times.get(index);
    } else if (vector instanceof Float4Vector numbers) {
      return numbers.get(index);
    } else if (vector instanceof Float8Vector numbers) {
      return numbers.get(index);
    } else if (vector instanceof DecimalVector decimals) {
      return decimals.getObject(index).unscaledValue();
    } else if (vector instanceof VarCharVector strings) {
      return Utf8.of(strings.get(index));
    }
    throw new KronosException.Unsupported(
        message("no value of this vector", "class", vector.getClass().getName()));
  }
}

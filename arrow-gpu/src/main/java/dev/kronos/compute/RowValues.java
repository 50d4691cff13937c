// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.expression.Utf8;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
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
    return carried(vector, index);
  }

  /** Returns the value as one of its carrier. */
  private static Object carried(FieldVector vector, int index) {
    if (vector instanceof UInt1Vector integers) {
      return integers.get(index);
    } else if (vector instanceof UInt2Vector integers) {
      return (short) integers.get(index);
    } else if (vector instanceof UInt4Vector integers) {
      return integers.get(index);
    } else if (vector instanceof UInt8Vector integers) {
      return integers.get(index);
    } else if (vector instanceof Float2Vector halves) {
      return halves.get(index);
    } else if (vector instanceof TimeSecVector || vector instanceof TimeMilliVector) {
      return vector.getDataBuffer().getInt((long) index * Integer.BYTES);
    } else if (vector instanceof TimeMicroVector
        || vector instanceof TimeNanoVector
        || vector instanceof DurationVector) {
      return vector.getDataBuffer().getLong((long) index * Long.BYTES);
    } else if (vector instanceof VarBinaryVector bytes) {
      return Utf8.of(bytes.get(index));
    } else if (vector instanceof LargeVarCharVector strings) {
      return Utf8.of(strings.get(index));
    } else if (vector instanceof LargeVarBinaryVector bytes) {
      return Utf8.of(bytes.get(index));
    }
    throw new KronosException.Unsupported(
        message("no value of this vector", "class", vector.getClass().getName()));
  }
}

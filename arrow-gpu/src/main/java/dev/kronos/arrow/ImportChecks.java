// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;

/**
 * Refuses vectors that no function can read: types without a layout of columns, and data whose
 * lengths and offsets would lead a kernel outside of its buffers.
 */
final class ImportChecks {
  private ImportChecks() {}

  /** Accepts vectors of values of fixed and variable width, and fixed size lists of the former. */
  static void requireFlat(List<FieldVector> vectors) {
    for (FieldVector vector : vectors) {
      ValueVector values =
          vector instanceof FixedSizeListVector list ? list.getDataVector() : vector;
      boolean variable =
          values instanceof BaseVariableWidthVector
              || values instanceof BaseLargeVariableWidthVector;
      if (!(values instanceof BaseFixedWidthVector) && !(variable && values == vector)) {
        throw new KronosException.Unsupported(
            message("no import of this type", "vector", vector.getField()));
      }
    }
  }

  /** Accepts vectors whose buffers hold what their lengths and offsets say. */
  static void requireSound(FieldVector vector) {
    int count = vector.getValueCount();
    requireBytes(vector, "validity", vector.getValidityBuffer(), (count + 7L) / Byte.SIZE);
    if (vector instanceof FixedSizeListVector list) {
      requireChild(list);
    } else if (vector instanceof BaseFixedWidthVector fixed) {
      long bits = vector instanceof BitVector ? 1 : (long) Byte.SIZE * fixed.getTypeWidth();
      requireBytes(vector, "values", vector.getDataBuffer(), (bits * count + 7) / Byte.SIZE);
    } else if (count > 0) {
      requireOffsets(vector, count);
    }
  }

  private static void requireChild(FixedSizeListVector list) {
    FieldVector child = list.getDataVector();
    long values = (long) list.getValueCount() * list.getListSize();
    if (child.getValueCount() < values) {
      throw new KronosException.InvalidArgument(
          message("list has too few values", "vector", list.getField(), "needed", values));
    }
    requireSound(child);
  }

  private static void requireOffsets(FieldVector vector, int count) {
    boolean wide = vector instanceof BaseLargeVariableWidthVector;
    int width = wide ? Long.BYTES : Integer.BYTES;
    ArrowBuf offsets = vector.getOffsetBuffer();
    requireBytes(vector, "offsets", offsets, (count + 1L) * width);
    long last = 0;
    for (long i = 0; i <= count; i++) {
      long offset = wide ? offsets.getLong(i * width) : offsets.getInt(i * width);
      if (offset < last) {
        throw new KronosException.InvalidArgument(
            message("offsets descend", "vector", vector.getField(), "row", i, "offset", offset));
      }
      last = offset;
    }
    requireBytes(vector, "characters", vector.getDataBuffer(), last);
  }

  private static void requireBytes(FieldVector vector, String what, ArrowBuf buffer, long bytes) {
    if (buffer.capacity() < bytes) {
      throw new KronosException.InvalidArgument(
          message(
              "buffer too short",
              "vector",
              vector.getField(),
              "buffer",
              what,
              "bytes",
              buffer.capacity(),
              "needed",
              bytes));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBuffer;
import dev.kronos.column.HostColumn;
import dev.kronos.column.Storage;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.spark.unsafe.Platform;

/** Describes Arrow vectors whose values lie as a layout asks; only the null bits differ. */
final class ArrowSource {
  private ArrowSource() {}

  /** Returns whether the values of a vector can be read in place. */
  static boolean fits(ValueVector vector, ColumnLayout layout) {
    if (ArrowColumns.storage(layout.type()) != layout.storage()) {
      return false;
    }
    return layout.storage() == Storage.UTF8
        ? vector instanceof BaseVariableWidthVector
        : vector instanceof BaseFixedWidthVector fixed
            && fixed.getTypeWidth() == layout.storage().bytesPerValue();
  }

  /** Returns whether a vector is Arrow's own for a type, or for one that lies as it does. */
  static boolean isOf(ValueVector vector, DataType type) {
    return vector instanceof BaseVariableWidthVector
        ? type.equals(DataType.STRING)
        : vector instanceof FieldVector
            && vector.getField().getType().equals(ArrowColumns.arrowType(type));
  }

  /** Describes the values of a vector in place, with marks of nulls (or none) made elsewhere. */
  static HostColumn describe(
      FieldVector vector, int rows, ColumnLayout layout, HostBuffer validity) {
    HostColumn described = ArrowColumns.describe(vector, rows);
    return new HostColumn(
        layout,
        validity,
        described.values(),
        described.offsets(),
        null,
        described.bitOffset(),
        Integer.BYTES);
  }

  /** Writes one byte a row, 1 for null, from a vector's validity bits. */
  static void expandValidity(FieldVector vector, int rows, long target) {
    long bits = vector.getValidityBuffer().memoryAddress();
    for (int row = 0; row < rows; row++) {
      int word = Platform.getByte(null, bits + (row >> 3));
      Platform.putByte(null, target + row, (byte) (~(word >> (row & 7)) & 1));
    }
  }
}

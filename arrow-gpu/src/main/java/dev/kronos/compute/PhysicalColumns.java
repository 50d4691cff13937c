// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/**
 * Describes vectors by how they lie in memory, whatever they mean: what only moves values works on
 * all types of a width alike, keeps every bit, and needs no kernels of its own for each.
 */
final class PhysicalColumns {
  private PhysicalColumns() {}

  /** Describes vectors in place; throws Unsupported for a layout that no column has. */
  static HostBatch describe(List<FieldVector> vectors, int rows) {
    List<HostColumn> columns = new ArrayList<>(vectors.size());
    for (FieldVector vector : vectors) {
      columns.add(ArrowColumns.describe(vector, type(vector), rows));
    }
    return new HostBatch(columns, rows);
  }

  private static DataType type(FieldVector vector) {
    if (vector instanceof BitVector) {
      return DataType.BOOLEAN;
    }
    if (vector instanceof BaseVariableWidthVector
        || vector instanceof BaseLargeVariableWidthVector) {
      return DataType.STRING;
    }
    int width = vector instanceof BaseFixedWidthVector fixed ? fixed.getTypeWidth() : 0;
    return switch (width) {
      case Byte.BYTES -> DataType.INT8;
      case Short.BYTES -> DataType.INT16;
      case Integer.BYTES -> DataType.INT32;
      case Long.BYTES -> DataType.INT64;
      case 2 * Long.BYTES -> DataType.decimal(DataType.MAX_PRECISION, 0);
      default ->
          throw new KronosException.Unsupported(
              message("no column for vector", "vector", vector.getField()));
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import java.util.List;

/** Names the ways in which batches come: as Arrow lays columns out, and as Spark's reader does. */
public enum Layouts {
  /** Validity bits, booleans as bits, decimals in 16 bytes. */
  ARROW,
  /** One null byte a row, narrowest storage. */
  SPARK;

  /** One type of each kind and width. */
  public static final List<DataType> TYPES =
      TestedTypes.of(
          List.of(
              DataType.BOOLEAN,
              DataType.INT8,
              DataType.INT16,
              DataType.INT32,
              DataType.INT64,
              DataType.FLOAT32,
              DataType.FLOAT64,
              DataType.DATE,
              DataType.TIMESTAMP,
              DataType.TIMESTAMP_NTZ,
              DataType.decimal(7, 2),
              DataType.decimal(15, 2),
              DataType.decimal(28, 6),
              DataType.decimal(38, 10),
              DataType.STRING));

  /** Returns {@link #TYPES}, for parameterized tests. */
  static List<DataType> types() {
    return TYPES;
  }

  /** Returns the layout of a column that may hold nulls. */
  public ColumnLayout of(DataType type) {
    return this == ARROW
        ? ArrowColumns.layout(type, Nullability.NULLABLE)
        : new ColumnLayout(type, Storage.narrowest(type), Validity.BYTES, Nullability.NULLABLE);
  }
}

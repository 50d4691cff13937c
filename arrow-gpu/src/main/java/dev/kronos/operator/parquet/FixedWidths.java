// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import dev.kronos.KronosException;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;

/** Tells which values of files become which values of columns. */
final class FixedWidths {
  private FixedWidths() {}

  /** Tells whether bytes of the file are bytes of the column. */
  static boolean same(ColumnLayout layout, PhysicalType physical) {
    return physical.form() == PhysicalType.Form.LITTLE_ENDIAN
        && physical.widthBytes() == layout.storage().bytesPerValue();
  }

  /** Names the kernel that makes integers of a storage. */
  static String kernel(Storage storage) {
    return switch (storage) {
      case INT8 -> "parquet/fixed_int8";
      case INT16 -> "parquet/fixed_int16";
      case INT32 -> "parquet/fixed_int32";
      case INT64 -> "parquet/fixed_int64";
      case INT128 -> "parquet/fixed_int128";
      default -> throw new IllegalStateException("not an integer: storage=" + storage);
    };
  }

  static void requireSupported(ColumnLayout layout, PhysicalType physical) {
    if (!supported(layout, physical)) {
      throw new KronosException.Unsupported(
          KronosException.message(
              "stored values do not become the column's", "stored", physical, "column", layout));
    }
  }

  private static boolean supported(ColumnLayout layout, PhysicalType physical) {
    if (layout.validity() != Validity.BYTES) {
      return false;
    }
    DataType type = layout.type();
    return switch (physical.form()) {
      case BITS -> type.equals(DataType.BOOLEAN) && layout.storage() == Storage.INT8;
      case STRING -> type.equals(DataType.STRING);
      case LITTLE_ENDIAN -> same(layout, physical) || isInteger(layout);
      case BIG_ENDIAN -> type.isDecimal();
      default -> false;
    };
  }

  private static boolean isInteger(ColumnLayout layout) {
    return layout.type().isIntegral() || layout.type().isDecimal();
  }
}

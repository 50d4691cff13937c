// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.HostColumn;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.Platform;

/** Reads described columns as kernels do, and Spark's vectors, into comparable objects. */
final class HostValues {
  private HostValues() {}

  /** Returns the value of a row of a described column, or null. */
  static Object of(HostColumn column, int row) {
    if (column.layout().validity() != Validity.BYTES) {
      throw new AssertionError("not the agreed layout: " + column.layout());
    }
    if (column.validity() != null
        && column.layout().nullable()
        && Platform.getByte(null, column.validity().address() + row) != 0) {
      return null;
    }
    int index =
        column.ids() == null ? row : Platform.getInt(null, column.ids().address() + 4L * row);
    return column.layout().storage() == Storage.UTF8 ? string(column, index) : fixed(column, index);
  }

  private static Object string(HostColumn column, int index) {
    long offsets = column.offsets().address() + 4L * index;
    int start = Platform.getInt(null, offsets);
    byte[] bytes = new byte[Platform.getInt(null, offsets + 4) - start];
    long source = column.values().address() + start;
    Platform.copyMemory(null, source, bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length);
    return text(bytes);
  }

  /** Gives characters, of which each byte is one: those of a string may be malformed. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Object fixed(HostColumn column, int index) {
    Storage storage = column.layout().storage();
    long at = column.values().address() + (long) index * storage.bytesPerValue();
    if (at + storage.bytesPerValue() > column.values().address() + column.values().sizeBytes()) {
      throw new AssertionError("value outside of its range: index=" + index);
    }
    if (column.layout().type().isDecimal()) {
      return new BigDecimal(integer(storage, at), column.layout().type().scale());
    }
    return switch (column.layout().type().kind()) {
      case BOOLEAN -> Platform.getByte(null, at) != 0;
      case FLOAT32 -> Platform.getFloat(null, at);
      case FLOAT64 -> Platform.getDouble(null, at);
      default -> integer(storage, at).longValueExact();
    };
  }

  private static BigInteger integer(Storage storage, long at) {
    byte[] bytes = new byte[storage.bytesPerValue()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[bytes.length - 1 - i] = Platform.getByte(null, at + i);
    }
    return new BigInteger(bytes);
  }

  /** Returns the value of a row of a Spark vector in the same form, or null. */
  static Object of(ColumnVector vector, int row) {
    if (vector.isNullAt(row)) {
      return null;
    }
    DataType type = vector.dataType();
    if (type instanceof DecimalType decimal) {
      return vector.getDecimal(row, decimal.precision(), decimal.scale()).toJavaBigDecimal();
    }
    return switch (type.typeName()) {
      case "boolean" -> vector.getBoolean(row);
      case "byte" -> (long) vector.getByte(row);
      case "short" -> (long) vector.getShort(row);
      case "integer", "date" -> (long) vector.getInt(row);
      case "long", "timestamp", "timestamp_ntz" -> vector.getLong(row);
      case "float" -> vector.getFloat(row);
      case "double" -> vector.getDouble(row);
      case "string" -> text(vector.getUTF8String(row).getBytes());
      case "binary" -> text(vector.getBinary(row));
      default -> throw new AssertionError("no such type: " + type);
    };
  }
}

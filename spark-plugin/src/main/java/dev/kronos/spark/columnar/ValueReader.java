// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.DataType;
import dev.kronos.column.Storage;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.Platform;

/** Copies one fixed-width value that is not null from any Spark vector to an address. */
interface ValueReader {
  /**
   * Copies the value of a row.
   *
   * @param source any vector of the right type, whose {@code row} is not null
   * @param row the row, 0 or more
   * @param target address of as many bytes as the storage takes
   */
  void copy(ColumnVector source, int row, long target);

  /**
   * Returns the reader of a type.
   *
   * @param type any type but STRING
   * @param storage the narrowest storage of {@code type}
   */
  static ValueReader of(DataType type, Storage storage) {
    return switch (type.kind()) {
      case BOOLEAN ->
          (v, row, target) -> Platform.putByte(null, target, (byte) (v.getBoolean(row) ? 1 : 0));
      case INT8 -> (v, row, target) -> Platform.putByte(null, target, v.getByte(row));
      case INT16 -> (v, row, target) -> Platform.putShort(null, target, v.getShort(row));
      case INT32, DATE -> (v, row, target) -> Platform.putInt(null, target, v.getInt(row));
      case INT64, TIMESTAMP, TIMESTAMP_NTZ ->
          (v, row, target) -> Platform.putLong(null, target, v.getLong(row));
      case FLOAT32 -> (v, row, target) -> Platform.putFloat(null, target, v.getFloat(row));
      case FLOAT64 -> (v, row, target) -> Platform.putDouble(null, target, v.getDouble(row));
      case DECIMAL -> decimal(type, storage);
      default -> throw new IllegalStateException("no fixed width: type=" + type);
    };
  }

  private static ValueReader decimal(DataType type, Storage storage) {
    int precision = type.precision();
    int scale = type.scale();
    return switch (storage) {
      case INT32 ->
          (v, row, target) ->
              Platform.putInt(null, target, (int) unscaled(v.getDecimal(row, precision, scale)));
      case INT64 ->
          (v, row, target) ->
              Platform.putLong(null, target, unscaled(v.getDecimal(row, precision, scale)));
      default -> (v, row, target) -> wide(v.getDecimal(row, precision, scale), target);
    };
  }

  private static long unscaled(Decimal value) {
    return value.toUnscaledLong();
  }

  private static void wide(Decimal value, long target) {
    Int128.write(value.toJavaBigDecimal().unscaledValue().toByteArray(), target);
  }
}

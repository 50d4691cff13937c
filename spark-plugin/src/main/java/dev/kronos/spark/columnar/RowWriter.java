// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes one value of a row, which is not null, into a column vector. */
interface RowWriter {
  /**
   * Writes a value.
   *
   * @param row the row to read from
   * @param column the column of {@code row}, 0 or more
   * @param target the vector, with room for {@code index}
   * @param index the row of {@code target}
   */
  void write(SpecializedGetters row, int column, WritableColumnVector target, int index);

  /** Writers of the types that have one way to be written. */
  Map<DataType, RowWriter> SIMPLE =
      Map.ofEntries(
          Map.entry(DataTypes.BooleanType, (r, c, v, i) -> v.putBoolean(i, r.getBoolean(c))),
          Map.entry(DataTypes.ByteType, (r, c, v, i) -> v.putByte(i, r.getByte(c))),
          Map.entry(DataTypes.ShortType, (r, c, v, i) -> v.putShort(i, r.getShort(c))),
          Map.entry(DataTypes.IntegerType, (r, c, v, i) -> v.putInt(i, r.getInt(c))),
          Map.entry(DataTypes.LongType, (r, c, v, i) -> v.putLong(i, r.getLong(c))),
          Map.entry(DataTypes.FloatType, (r, c, v, i) -> v.putFloat(i, r.getFloat(c))),
          Map.entry(DataTypes.DoubleType, (r, c, v, i) -> v.putDouble(i, r.getDouble(c))),
          Map.entry(DataTypes.BinaryType, (r, c, v, i) -> v.putByteArray(i, r.getBinary(c))),
          Map.entry(DataTypes.DateType, (r, c, v, i) -> v.putInt(i, r.getInt(c))),
          Map.entry(DataTypes.TimestampType, (r, c, v, i) -> v.putLong(i, r.getLong(c))),
          Map.entry(DataTypes.TimestampNTZType, (r, c, v, i) -> v.putLong(i, r.getLong(c))));

  /**
   * Returns the writer of a type.
   *
   * @throws IllegalArgumentException when {@link BatchLayouts} does not know the type
   */
  static RowWriter of(DataType type) {
    if (type instanceof DecimalType decimal) {
      int precision = decimal.precision();
      int scale = decimal.scale();
      return (r, c, v, i) -> v.putDecimal(i, r.getDecimal(c, precision, scale), precision);
    }
    if (type instanceof StringType) {
      return (r, c, v, i) -> string(r.getUTF8String(c), v, i);
    }
    if (type instanceof YearMonthIntervalType) {
      return SIMPLE.get(DataTypes.IntegerType);
    }
    if (type instanceof DayTimeIntervalType) {
      return SIMPLE.get(DataTypes.LongType);
    }
    RowWriter simple = SIMPLE.get(type);
    if (simple == null) {
      throw new IllegalArgumentException("no writer for type: type=" + type.catalogString());
    }
    return simple;
  }

  private static void string(UTF8String value, WritableColumnVector target, int index) {
    if (target instanceof PoolColumnVector pool) {
      pool.putString(index, value);
    } else {
      target.putByteArray(index, value.getBytes());
    }
  }
}

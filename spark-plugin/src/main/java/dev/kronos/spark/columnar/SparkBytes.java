// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/** Tells bytes from strings where Spark does: they lie alike, but are read in different ways. */
final class SparkBytes {
  private SparkBytes() {}

  /** Tells whether values of a type are bytes. */
  static boolean areOf(DataType type) {
    return type.equals(DataTypes.BinaryType);
  }

  /**
   * Returns the bytes of a value.
   *
   * @param vector a vector of strings or of bytes, whose {@code row} is not null
   * @param row the row, 0 or more
   */
  static UTF8String of(ColumnVector vector, int row) {
    return areOf(vector.dataType())
        ? UTF8String.fromBytes(vector.getBinary(row))
        : vector.getUTF8String(row);
  }

  /**
   * Makes a vector of characters one of bytes, without copying them, where a column is one.
   *
   * @param vector a column's values; taken over
   * @param type the column's type
   */
  static FieldVector typed(FieldVector vector, DataType type) {
    if (!(vector instanceof VarCharVector text && areOf(type))) {
      return vector;
    }
    try (text) {
      VarBinaryVector bytes = new VarBinaryVector(text.getName(), text.getAllocator());
      ArrowFieldNode node = new ArrowFieldNode(text.getValueCount(), text.getNullCount());
      bytes.loadFieldBuffers(node, text.getFieldBuffers());
      return bytes;
    }
  }
}

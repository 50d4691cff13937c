// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** Uses every bulk write that a vector of a type has; fills 40 rows. */
final class BulkWrites {
  private static final Map<String, BiConsumer<WritableColumnVector, byte[]>> WRITES =
      Map.of(
          "byte", BulkWrites::bytes,
          "short", BulkWrites::shorts,
          "integer", BulkWrites::ints,
          "long", BulkWrites::longs,
          "float", BulkWrites::floats,
          "double", BulkWrites::doubles);

  private static final Map<String, BiFunction<WritableColumnVector, Integer, Object>> READS =
      Map.of(
          "byte", (v, rows) -> v.getBytes(0, rows),
          "short", (v, rows) -> v.getShorts(0, rows),
          "integer", (v, rows) -> v.getInts(0, rows),
          "long", (v, rows) -> v.getLongs(0, rows),
          "float", (v, rows) -> v.getFloats(0, rows),
          "double", (v, rows) -> v.getDoubles(0, rows));

  private BulkWrites() {}

  static void all(WritableColumnVector vector, byte[] bytes) {
    WRITES.get(vector.dataType().typeName()).accept(vector, bytes);
  }

  static Object readAll(WritableColumnVector vector, int rows) {
    return READS.get(vector.dataType().typeName()).apply(vector, rows);
  }

  private static void bytes(WritableColumnVector v, byte[] bytes) {
    v.putBytes(0, 10, (byte) 3);
    v.putBytes(10, 30, bytes, 5);
  }

  private static void shorts(WritableColumnVector v, byte[] bytes) {
    v.putShorts(0, 10, (short) 3);
    v.putShorts(10, 10, new short[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -11}, 2);
    v.putShorts(20, 20, bytes, 6);
  }

  private static void ints(WritableColumnVector v, byte[] bytes) {
    v.putInts(0, 10, -3);
    v.putInts(10, 10, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -11}, 2);
    v.putInts(20, 10, bytes, 8);
    v.putIntsLittleEndian(30, 10, bytes, 16);
  }

  private static void longs(WritableColumnVector v, byte[] bytes) {
    v.putLongs(0, 10, -3L);
    v.putLongs(10, 10, new long[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -11}, 2);
    v.putLongs(20, 10, bytes, 8);
    v.putLongsLittleEndian(30, 10, bytes, 16);
  }

  private static void floats(WritableColumnVector v, byte[] bytes) {
    v.putFloats(0, 10, -3f);
    v.putFloats(10, 10, new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -11}, 2);
    v.putFloats(20, 10, bytes, 8);
    v.putFloatsLittleEndian(30, 10, bytes, 16);
  }

  private static void doubles(WritableColumnVector v, byte[] bytes) {
    v.putDoubles(0, 10, -3d);
    v.putDoubles(10, 10, new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -11}, 2);
    v.putDoubles(20, 10, bytes, 8);
    v.putDoublesLittleEndian(30, 10, bytes, 16);
  }
}

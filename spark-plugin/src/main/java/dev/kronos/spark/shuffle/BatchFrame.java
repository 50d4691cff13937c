// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Holds some rows in the form in which they travel. Has the type that Spark's shuffle is told to
 * carry, but no vectors: {@link FrameReader} makes these of one frame or many.
 *
 * <p>In the order of the columns, without padding, numbers in the machine's order of bytes:
 *
 * <pre>
 *   1 byte                 1 where marks follow, 0 where no row of the column is null
 *   1 byte                 width: bytes of a value, or of a string's length; not used by booleans
 *   ceil(rows / 8) bytes   marks, if any: bit 1 = not null
 *   values                 booleans: ceil(rows / 8) bytes of bits
 *                          strings: their lengths, then the characters of all
 *                          floating point: as in Arrow's vectors
 *                          others: in the fewest bytes that hold each of them ({@link PackedIntegers})
 * </pre>
 */
public final class BatchFrame extends ColumnarBatch {
  private final long unpackedBytes;
  private final byte[] bytes;

  BatchFrame(int rows, long unpackedBytes, byte[] bytes) {
    super(new ColumnVector[0], rows);
    this.unpackedBytes = unpackedBytes;
    this.bytes = bytes;
  }

  /** Returns the encoded columns; the array is this frame's, and is not to be written to. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns how large the columns are once they are vectors again. */
  public long unpackedBytes() {
    return unpackedBytes;
  }
}

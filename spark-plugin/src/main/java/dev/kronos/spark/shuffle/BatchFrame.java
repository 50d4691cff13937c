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
 *   ceil(rows / 8) bytes   marks, if any: bit 1 = not null
 *   values                 booleans: ceil(rows / 8) bytes of bits
 *                          strings: the end of each row's characters as 4 bytes, then the characters
 *                          others: as in Arrow's vectors, decimals as 16 bytes
 * </pre>
 */
public final class BatchFrame extends ColumnarBatch {
  private final byte[] bytes;

  BatchFrame(int rows, byte[] bytes) {
    super(new ColumnVector[0], rows);
    this.bytes = bytes;
  }

  /** Returns the encoded columns; the array is this frame's, and is not to be written to. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns how large the columns are as they travel, before compression. */
  public int sizeBytes() {
    return bytes.length;
  }
}

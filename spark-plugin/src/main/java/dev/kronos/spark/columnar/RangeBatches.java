// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Makes the numbers of a slice in batches of one column, in pool memory where the executor has a
 * device. All batches share one vector: a batch is valid until the next is asked for. Not safe for
 * use by many threads; close drops the vector.
 */
final class RangeBatches implements Iterator<ColumnarBatch>, AutoCloseable {
  private static final int CHUNK = 1024;

  private final RangeSlice slice;
  private final int batchRows;
  private final long[] chunk = new long[CHUNK];
  private long place;
  private long left;
  private WritableColumnVector vector;

  /**
   * Creates an iterator of batches.
   *
   * @param slice the numbers
   * @param batchRows most rows of a batch, 1 or more
   */
  RangeBatches(RangeSlice slice, int batchRows) {
    this.slice = slice;
    this.batchRows = batchRows;
    this.left = slice.size();
  }

  @Override
  public boolean hasNext() {
    return left != 0;
  }

  @Override
  public ColumnarBatch next() {
    if (left == 0) {
      throw new NoSuchElementException("no more numbers");
    }
    int rows = atMost(batchRows);
    WritableColumnVector values = vector(rows);
    for (int row = 0; row < rows; row += CHUNK) {
      int count = Math.min(CHUNK, rows - row);
      for (int i = 0; i < count; i++) {
        chunk[i] = slice.at(place + row + i);
      }
      values.putLongs(row, count, chunk, 0);
    }
    place += rows;
    left -= rows;
    return new ColumnarBatch(new WritableColumnVector[] {values}, rows);
  }

  private int atMost(int rows) {
    return Long.compareUnsigned(left, rows) < 0 ? (int) left : rows;
  }

  /** Returns memory for as many rows; the first batch is the largest. */
  private WritableColumnVector vector(int rows) {
    if (vector == null) {
      vector =
          ExecutorMemory.pools()
              .<WritableColumnVector>map(p -> new PoolColumnVector(p, rows, DataTypes.LongType))
              .orElseGet(() -> new OnHeapColumnVector(rows, DataTypes.LongType));
    }
    vector.reset();
    if (vector instanceof PoolColumnVector pool) {
      pool.ensureRows(rows);
    }
    return vector;
  }

  /** Drops the vector; may be called again. */
  @Override
  public void close() {
    if (vector != null) {
      vector.close();
    }
  }
}

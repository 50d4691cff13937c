// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Gathers rows into batches, in pool memory where the executor has a device.
 *
 * <p>All batches share one set of vectors, as Spark's own readers do it: a batch is valid until the
 * next is asked for. Vectors start small and grow, so that few rows cost little. Not safe for use
 * by many threads; close drops the vectors.
 */
public final class RowBatches implements Iterator<ColumnarBatch>, AutoCloseable {
  private static final int FIRST_ROWS = 256;

  /** A batch is cut when a column holds so many characters; offsets have 31 bits. */
  private static final int MAX_CHARACTERS = 1 << 29;

  private final Iterator<InternalRow> rows;
  private final int batchRows;
  private final WritableColumnVector[] vectors;
  private final RowWriter[] writers;
  private final ColumnarBatch batch;

  /** Bits of a number of rows that are zero where sizes are looked at; bytes may be megabytes. */
  private final int lookMask;

  private int capacity;

  /**
   * Creates an iterator of batches.
   *
   * @param rows the input; rows may be reused by it
   * @param schema its columns, of types that {@link BatchLayouts} knows
   * @param batchRows most rows of a batch, 1 or more
   */
  public RowBatches(Iterator<InternalRow> rows, StructType schema, int batchRows) {
    this.rows = rows;
    this.batchRows = batchRows;
    this.capacity = Math.min(FIRST_ROWS, batchRows);
    StructField[] fields = schema.fields();
    this.lookMask = Arrays.stream(fields).anyMatch(f -> SparkBytes.areOf(f.dataType())) ? 0 : 0xFF;
    this.vectors = new WritableColumnVector[fields.length];
    this.writers = new RowWriter[fields.length];
    this.batch = new ColumnarBatch(vectors);
    try {
      for (int i = 0; i < fields.length; i++) {
        writers[i] = RowWriter.of(fields[i].dataType());
        vectors[i] = vector(fields[i], capacity);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static WritableColumnVector vector(StructField field, int capacity) {
    return ExecutorMemory.pools()
        .<WritableColumnVector>map(p -> new PoolColumnVector(p, capacity, field.dataType()))
        .orElseGet(() -> new OnHeapColumnVector(capacity, field.dataType()));
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public ColumnarBatch next() {
    if (!rows.hasNext()) {
      throw new NoSuchElementException("no more rows");
    }
    return next(batchRows);
  }

  /** Returns a batch of the next rows, {@code most} where there are as many. */
  public ColumnarBatch next(int most) {
    for (WritableColumnVector vector : vectors) {
      vector.reset();
    }
    reserve(capacity);
    int count = 0;
    while (count < most && rows.hasNext() && !full(count)) {
      if (count == capacity) {
        reserve((int) Math.min(batchRows, 2L * capacity));
      }
      write(rows.next(), count++);
    }
    batch.setNumRows(count);
    return batch;
  }

  private void reserve(int count) {
    for (WritableColumnVector vector : vectors) {
      if (vector instanceof PoolColumnVector pool) {
        pool.ensureRows(count);
      } else {
        vector.reserve(count);
      }
    }
    capacity = count;
  }

  private void write(InternalRow row, int index) {
    for (int i = 0; i < vectors.length; i++) {
      if (row.isNullAt(i)) {
        vectors[i].putNull(index);
      } else {
        writers[i].write(row, i, vectors[i], index);
      }
    }
  }

  private boolean full(int count) {
    if ((count & lookMask) != 0 || count == 0) {
      return false;
    }
    for (WritableColumnVector vector : vectors) {
      boolean bytes =
          vector.dataType() instanceof StringType || SparkBytes.areOf(vector.dataType());
      if (bytes && vector.arrayData().getElementsAppended() > MAX_CHARACTERS) {
        return true;
      }
    }
    return false;
  }

  /** Drops the vectors; may be called again. */
  @Override
  public void close() {
    for (WritableColumnVector vector : vectors) {
      if (vector != null) {
        vector.close();
      }
    }
  }
}

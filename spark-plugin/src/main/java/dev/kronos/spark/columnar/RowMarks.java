// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.memory.MemoryPools;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Makes columns that say of each row of a batch yes or no, in memory that the device reads. All
 * batches share one vector: a batch is valid until the next is asked for. Not safe for use by many
 * threads; close drops the vector.
 */
public final class RowMarks implements AutoCloseable {
  private final PoolColumnVector marks;

  /** Creates marks in a device's pools. */
  public RowMarks(MemoryPools pools) {
    marks = new PoolColumnVector(pools, 1, DataTypes.BooleanType);
  }

  /**
   * Asks for each row, the first one first.
   *
   * @param rows how many rows, 0 or more
   * @param chosen asked once a row
   * @return a batch of one column, or null when no row is chosen
   */
  public ColumnarBatch mark(int rows, BooleanSupplier chosen) {
    marks.reset();
    marks.ensureRows(rows);
    boolean any = false;
    for (int row = 0; row < rows; row++) {
      boolean mark = chosen.getAsBoolean();
      marks.putBoolean(row, mark);
      any |= mark;
    }
    return any ? new ColumnarBatch(new ColumnVector[] {marks}, rows) : null;
  }

  /** Drops the vector. */
  @Override
  public void close() {
    marks.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.DrawnRows;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.columnar.RowBatches;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Gathers the values that Spark draws for the rows of a partition. */
final class DrawnColumns implements AppendedColumns.Maker {
  private final int count;
  private final RowBatches batches;

  DrawnColumns(DrawnRows drawn, int partition) {
    count = drawn.values().size();
    batches =
        new RowBatches(
            drawn.rows(partition), SparkPipeline.schema(drawn.columns()), Integer.MAX_VALUE);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public ColumnarBatch next(int rows) {
    return batches.next(rows);
  }

  @Override
  public void close() {
    batches.close();
  }
}

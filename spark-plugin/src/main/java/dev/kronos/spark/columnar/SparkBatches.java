// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnBatch;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Hands the results of operators to Spark. */
public final class SparkBatches {
  private SparkBatches() {}

  /**
   * Wraps a device batch. It stays on the device, where {@link DeviceInput} finds it again, and is
   * brought to the host, all columns at once, when the first value is asked for.
   *
   * <p>Spark's consumer may close the result after use. The operator that made it closes it as
   * well, before its next batch and when the task completes: closing again does nothing.
   *
   * @param download the way back; stays the caller's, and open as long as the result
   * @param batch the results, complete and in Arrow's layouts; they become the result's
   * @param schema the columns
   * @return a batch that whoever uses it last closes
   */
  public static ColumnarBatch of(BatchDownload download, ColumnBatch batch, StructType schema) {
    return of(new ResidentBatch(download, batch, null, schema), batch, schema);
  }

  /** Wraps a batch whose columns {@code resident} owns. */
  static ColumnarBatch of(ResidentBatch resident, ColumnBatch batch, StructType schema) {
    ColumnVector[] columns = new ColumnVector[batch.columns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new DeviceColumnVector(schema.fields()[i].dataType(), resident, i);
    }
    return new ColumnarBatch(columns, batch.rows());
  }
}

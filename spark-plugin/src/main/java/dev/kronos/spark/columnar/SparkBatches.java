// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnBatch;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Hands the results of operators to Spark. */
public final class SparkBatches {
  private SparkBatches() {}

  /**
   * Brings a device batch to the host as Arrow vectors of pool memory.
   *
   * <p>Spark's consumer may close the result after use. The operator that made it closes it as
   * well, before its next batch and when the task completes: closing again does nothing.
   *
   * @param download the way back; stays the caller's
   * @param batch the results; stay the caller's
   * @param names column names, one a column
   * @return a batch that whoever uses it last closes
   */
  public static ColumnarBatch of(BatchDownload download, ColumnBatch batch, List<String> names) {
    List<FieldVector> vectors = download.download(batch, names);
    ColumnVector[] columns = new ColumnVector[vectors.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new ArrowColumnVector(vectors.get(i));
    }
    return new ColumnarBatch(columns, batch.rows());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.BatchDownload;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ArrowColumnVector;

/**
 * Owns a batch of results on the device and, once somebody asks for a value, its copy in host
 * memory. Both go when the last of the batch's vectors is closed. Safe for use by many threads:
 * Spark may read a batch on another thread than the task's.
 */
final class ResidentBatch {
  private final BatchDownload download;
  private final ColumnBatch columns;
  private final UnaryOperator<ColumnBatch> toArrow;
  private final StructType schema;
  private List<FieldVector> host;
  private int open;

  /**
   * Takes over a batch.
   *
   * @param download the way back; stays the caller's and is shared with its other batches
   * @param columns a complete batch
   * @param toArrow makes a copy in Arrow's layouts; null when the batch has them
   * @param schema the columns
   */
  ResidentBatch(
      BatchDownload download,
      ColumnBatch columns,
      UnaryOperator<ColumnBatch> toArrow,
      StructType schema) {
    this.download = download;
    this.columns = columns;
    this.toArrow = toArrow;
    this.schema = schema;
    this.open = columns.columns().size();
  }

  /** Returns a column on the device; stays this batch's. */
  Column column(int index) {
    return columns.columns().get(index);
  }

  /** Returns a column in host memory; the first call brings all columns there. */
  ArrowColumnVector host(int index) {
    // The way back is one stream, for one thread at a time.
    synchronized (download) {
      if (host == null) {
        host = download();
      }
      return new ArrowColumnVector(host.get(index));
    }
  }

  private List<FieldVector> download() {
    if (toArrow == null) {
      return typed(columns);
    }
    try (ColumnBatch arrow = toArrow.apply(columns)) {
      return typed(arrow);
    }
  }

  private List<FieldVector> typed(ColumnBatch batch) {
    List<FieldVector> vectors = new ArrayList<>();
    for (FieldVector vector : download.download(batch, List.of(schema.fieldNames()))) {
      vectors.add(SparkBytes.typed(vector, schema.fields()[vectors.size()].dataType()));
    }
    return vectors;
  }

  /** Notes that one vector was closed. */
  void closeOne() {
    synchronized (download) {
      open--;
      if (open > 0) {
        return;
      }
      columns.close();
      if (host != null) {
        host.forEach(FieldVector::close);
      }
    }
  }
}

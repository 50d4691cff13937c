// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.columnar.SparkBatches;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Hands results to Spark and closes each when the next one is made or the task completes; Spark may
 * have closed it by then. Used by the task's thread.
 */
final class BatchOutput implements AutoCloseable {
  private final BatchDownload download;
  private final StructType schema;
  private ColumnarBatch last;

  /**
   * Creates an output.
   *
   * @param kronos the device; stays the caller's
   * @param columns the columns of every batch
   */
  BatchOutput(Kronos kronos, List<Attribute> columns) {
    this.download = new BatchDownload(kronos);
    this.schema = SparkPipeline.schema(columns);
  }

  /** Takes over a device batch, which stays there until Spark asks for its values. */
  ColumnarBatch give(ColumnBatch batch) {
    closeLast();
    last = SparkBatches.of(download, batch, schema);
    return last;
  }

  /** Returns what the way back cost so far. */
  StreamCounters counters() {
    return download.counters();
  }

  @Override
  public void close() {
    closeLast();
    download.close();
  }

  private void closeLast() {
    if (last != null) {
      last.close();
      last = null;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Gives out batches that lie in Arrow's layouts, on the device or not: what Kronos's operators give
 * out and what its exchanges read. It is how an operator can tell what its kernels will be before
 * the first batch has come; nothing but that may depend on it.
 */
public interface ArrowBatches extends Iterator<ColumnarBatch> {

  /**
   * Returns the layouts that batches are likely to reach an operator in.
   *
   * @param batches what is going to be brought to the device
   * @param fromHost the layouts if they come from the host, of {@link BatchLayouts}
   */
  static List<ColumnLayout> likelyLayouts(
      Iterator<ColumnarBatch> batches, List<ColumnLayout> fromHost) {
    return batches instanceof ArrowBatches ? ArrowColumns.layouts(fromHost) : fromHost;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Describes a batch of rows in host memory; owns nothing.
 *
 * @param columns the columns; may be empty when only the number of rows matters
 * @param rows rows, 0 or more
 */
public record HostBatch(List<HostColumn> columns, int rows) {

  /** Copies the list and checks the number of rows. */
  public HostBatch {
    columns = List.copyOf(columns);
    if (rows < 0) {
      throw new IllegalArgumentException("rows below zero: rows=" + rows);
    }
  }

  /**
   * Describes Arrow vectors in place.
   *
   * @param vectors vectors of at least {@code rows} values each; they stay the caller's
   * @param rows rows of the batch
   * @throws dev.kronos.KronosException.Unsupported for a vector type that has no column type
   */
  public static HostBatch ofVectors(List<? extends FieldVector> vectors, int rows) {
    List<HostColumn> columns = new ArrayList<>(vectors.size());
    for (FieldVector vector : vectors) {
      columns.add(ArrowColumns.describe(vector, rows));
    }
    return new HostBatch(columns, rows);
  }
}

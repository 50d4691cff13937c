// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import java.util.List;

/**
 * Holds the columns of a batch of rows on the device. Whoever receives a batch owns it and closes
 * it; closing drops the references to its buffers.
 *
 * @param columns the columns; may be empty when only the number of rows matters
 * @param rows rows, 0 or more
 */
public record ColumnBatch(List<Column> columns, int rows) implements AutoCloseable {

  /** Copies the list and checks the number of rows. */
  public ColumnBatch {
    columns = List.copyOf(columns);
    if (rows < 0) {
      throw new IllegalArgumentException("rows below zero: rows=" + rows);
    }
  }

  /**
   * Adds a reference to each buffer, for a second owner.
   *
   * @return this batch
   */
  public ColumnBatch retain() {
    columns.forEach(Column::retain);
    return this;
  }

  /** Closes every column. */
  @Override
  public void close() {
    columns.forEach(Column::close);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds columns of tables that kernels read beside those of a batch, at rows that they compute.
 * Owns nothing: whoever makes it keeps the columns open for as long as operators use them.
 *
 * @param columns the columns
 */
public record SideColumns(List<Column> columns) {
  /** No side columns. */
  public static final SideColumns NONE = new SideColumns(List.of());

  /** Copies the list. */
  public SideColumns {
    columns = List.copyOf(columns);
  }

  /** Returns these columns and some behind them. */
  public SideColumns and(List<Column> more) {
    List<Column> all = new ArrayList<>(columns);
    all.addAll(more);
    return new SideColumns(all);
  }

  /** Returns the layouts of the columns. */
  public List<ColumnLayout> layouts() {
    return columns.stream().map(Column::layout).toList();
  }

  /**
   * Returns a batch with these columns behind its own, as kernels see them. It owns nothing, and is
   * not to be closed.
   */
  public ColumnBatch beside(ColumnBatch batch) {
    if (columns.isEmpty()) {
      return batch;
    }
    List<Column> all = new ArrayList<>(batch.columns());
    all.addAll(columns);
    return new ColumnBatch(all, batch.rows());
  }
}

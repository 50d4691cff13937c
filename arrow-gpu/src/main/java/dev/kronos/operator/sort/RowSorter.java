// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.take.TakeBatch;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillMeter;
import java.util.List;

/** Takes in batches and gives out their rows in order. Not thread-safe. */
public interface RowSorter extends AutoCloseable {

  /**
   * Chooses how to sort: where few rows are wanted the others are dropped on the way, and all stays
   * on the device; else batches wait in a store, from which they may leave it.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what is ordered, and how
   * @param store where batches wait; stays the caller's
   * @param meter counts what leaves the device
   */
  static RowSorter create(Kronos kronos, OrderSpec spec, BatchStore store, SpillMeter meter) {
    return SortBatches.dropsRows(spec)
        ? new SortBatches(kronos, spec)
        : new ExternalSort(kronos, spec, store, meter);
  }

  /**
   * Has the kernels of an operator made in the background; see {@code Kernels.prepare}.
   *
   * @param kronos the device
   * @param spec what the operator is going to order
   */
  static void prepare(Kronos kronos, OrderSpec spec) {
    ProjectBatch.prepare(kronos, spec.pipeline());
    List<ColumnLayout> layouts = ProjectBatch.outputLayouts(spec.pipeline());
    TakeBatch.prepareOfRows(kronos, layouts);
    TakeBatch.prepareOfRows(kronos, layouts.subList(0, spec.outputs()));
  }

  /** Takes in a batch that is on the device; it stays the caller's. */
  void add(ColumnBatch batch);

  /** Gives out the next rows in a batch that the caller closes; without rows at the end. */
  ColumnBatch next(int most);

  /** Returns the counts so far. */
  OperatorCounters counters();

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  void close();
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillMeter;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders the rows of many batches, also of more than the device has room for: filters and projects
 * each batch as it comes, and lets the results wait in a store. At the end all rows are sorted at
 * once, as {@link SortBatches} does, where they fit. Where they do not, half of them are sorted at
 * a time, or less, down to what fits; the sorted runs wait in chunks and are merged a window of
 * them at a time. Rows that are equal in all keys keep their order either way. Not thread-safe.
 */
public final class ExternalSort implements RowSorter {
  /** Rows that are not divided any further. */
  private static final int LEAST_ROWS = 1024;

  /** Runs that are merged at once. */
  private static final int MOST_RUNS = 8;

  /** Bytes that a sort needs for a row besides the row, twice. */
  private static final int SORT_BYTES = 24;

  /** Bytes that the merge of a byte needs: it is there twice, with its order and as a result. */
  private static final int BYTES_OF_MERGED = 4;

  /** So many chunks fit the device: those of a merge are there twice, and sorted. */
  private static final int CHUNKS_ON_DEVICE = 4 * MOST_RUNS;

  private final Kronos kronos;
  private final OrderSpec spec;
  private final BatchStore store;
  private final SpillMeter meter;
  private final Resources resources = new Resources();
  private final ProjectBatch project;
  private final SortParts parts;
  private final List<StoredBatch> waiting = new ArrayList<>();
  private RunMerge merge;
  private SortWindow window;
  private long largestChunkBytes = 1;
  private boolean sorted;
  private long rowsOut;

  /**
   * Creates the operator and compiles its kernels, or finds them compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what is ordered, and how
   * @param store where batches wait; stays the caller's
   * @param meter counts what leaves the device
   * @throws KronosException.Unsupported when {@link SortBatches#unsupported} gives a reason
   */
  public ExternalSort(Kronos kronos, OrderSpec spec, BatchStore store, SpillMeter meter) {
    this.kronos = kronos;
    this.spec = spec;
    this.store = store;
    this.meter = meter;
    try {
      project = resources.own(new ProjectBatch(kronos, spec.pipeline()));
      parts = resources.own(new SortParts(kronos, spec, project.outputLayouts()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Takes in a batch that is on the device.
   *
   * @param batch stays the caller's
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  @Override
  public void add(ColumnBatch batch) {
    if (sorted || resources.isClosed()) {
      throw new KronosException.Closed("sort has begun to give out rows, or is closed");
    }
    ColumnBatch projected = project.apply(batch);
    if (projected.rows() == 0) {
      projected.close();
    } else {
      waiting.add(store.add(projected, meter));
    }
  }

  /**
   * Gives out the next rows in order; the first call sorts, and no more batches may be added.
   *
   * @param most most rows of the batch, 1 or more
   * @return a batch that the caller closes; without rows when there are no more
   * @throws KronosException.Exhausted when not even few rows fit the device
   */
  @Override
  public ColumnBatch next(int most) {
    if (!sorted) {
      sorted = true;
      sort();
    }
    int wanted = (int) Math.min(most, spec.most() - rowsOut);
    if (window != null && window.left() == 0) {
      window.close();
      window = null;
    }
    if (window == null && merge != null) {
      window = merge.next();
    }
    if (window == null || wanted == 0) {
      return new ColumnBatch(List.of(), 0);
    }
    ColumnBatch batch = parts.outputs(window, wanted);
    rowsOut += batch.rows();
    return batch;
  }

  private void sort() {
    if (waiting.isEmpty()) {
      return;
    }
    if (fits(waiting)) {
      try {
        window = parts.sort(waiting);
        drop(waiting);
        return;
      } catch (KronosException.Exhausted e) {
        // Room for it was expected and is not there: other tasks have it.
        window = null;
      }
    }
    List<SortedRun> runs = resources.own(new Runs()).list;
    List<StoredBatch> batches = new ArrayList<>(waiting);
    waiting.clear();
    sortRuns(batches, runs);
    for (int width = mergedAtOnce(); runs.size() > width; ) {
      mergeSome(runs, width);
    }
    merge = resources.own(new RunMerge(parts, runs));
    runs.clear();
  }

  /** Owns runs until they are merged. */
  private static final class Runs implements AutoCloseable {
    private final List<SortedRun> list = new ArrayList<>();

    @Override
    public void close() {
      list.forEach(SortedRun::close);
    }
  }

  private boolean fits(List<StoredBatch> batches) {
    long sizeBytes = 0;
    for (StoredBatch batch : batches) {
      sizeBytes += 2 * batch.sizeBytes() + (long) SORT_BYTES * batch.rows();
    }
    return sizeBytes <= kronos.memory().deviceBudgetBytes();
  }

  /** Makes runs of batches, which it takes over, and appends them in the order of the batches. */
  private void sortRuns(List<StoredBatch> batches, List<SortedRun> runs) {
    try {
      if (fits(batches)) {
        try {
          runs.add(run(parts.sort(batches)));
          return;
        } catch (KronosException.Exhausted e) {
          requireDivisible(batches, e);
        }
      }
      List<StoredBatch> divided = batches.size() > 1 ? new ArrayList<>(batches) : halves(batches);
      batches.clear();
      List<StoredBatch> second = divided.subList(divided.size() / 2, divided.size());
      List<StoredBatch> later = new ArrayList<>(second);
      second.clear();
      try {
        sortRuns(divided, runs);
        sortRuns(later, runs);
      } finally {
        drop(later);
      }
    } finally {
      drop(batches);
    }
  }

  private static void requireDivisible(
      List<StoredBatch> batches, KronosException.Exhausted failure) {
    if (batches.size() == 1 && batches.get(0).rows() <= LEAST_ROWS) {
      throw failure;
    }
  }

  private List<StoredBatch> halves(List<StoredBatch> batches) {
    StoredBatch whole = batches.get(0);
    int middle = whole.rows() / 2;
    if (whole.rows() <= LEAST_ROWS) {
      throw new KronosException.Exhausted(
          KronosException.message(
              "device budget too small for a sort",
              "rows",
              whole.rows(),
              "sizeBytes",
              whole.sizeBytes(),
              "budgetBytes",
              kronos.memory().deviceBudgetBytes()));
    }
    List<StoredBatch> halves = new ArrayList<>(2);
    try {
      halves.add(store.add(parts.range(whole, 0, middle), meter));
      halves.add(store.add(parts.range(whole, middle, whole.rows()), meter));
      whole.close();
      return halves;
    } catch (RuntimeException e) {
      drop(halves);
      throw e;
    }
  }

  /** Cuts sorted rows, which it takes over, to chunks that wait. */
  private SortedRun run(SortWindow rows) {
    SortedRun run = new SortedRun();
    try (rows) {
      append(run, rows);
      return run;
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private void append(SortedRun run, SortWindow rows) {
    int chunkRows = LEAST_ROWS;
    while (rows.left() > 0) {
      StoredBatch chunk = store.add(parts.all(rows, chunkRows), meter);
      run.add(chunk);
      largestChunkBytes = Math.max(largestChunkBytes, chunk.sizeBytes());
      chunkRows = chunkRows(chunk);
    }
  }

  /** Learns from a chunk how many rows the next one may have. */
  private int chunkRows(StoredBatch chunk) {
    long budgetBytes = kronos.memory().deviceBudgetBytes();
    long bytesOfRow = 1 + chunk.sizeBytes() / chunk.rows() + SORT_BYTES;
    long rows = budgetBytes / CHUNKS_ON_DEVICE / bytesOfRow;
    return (int) Math.max(LEAST_ROWS, Math.min(rows, 1 << 20));
  }

  /** Returns how many runs are merged at once: as many as their chunks fit, but two at least. */
  private int mergedAtOnce() {
    long fitting = kronos.memory().deviceBudgetBytes() / (BYTES_OF_MERGED * largestChunkBytes);
    return (int) Math.max(2, Math.min(MOST_RUNS, fitting));
  }

  /** Makes one run of the first ones. */
  private void mergeSome(List<SortedRun> runs, int width) {
    List<SortedRun> first = runs.subList(0, width);
    SortedRun merged = new SortedRun();
    try (RunMerge merging = new RunMerge(parts, first)) {
      first.clear();
      for (SortWindow rows = merging.next(); rows != null; rows = merging.next()) {
        try (SortWindow next = rows) {
          append(merged, next);
        }
      }
      runs.add(0, merged);
    } catch (RuntimeException e) {
      merged.close();
      throw e;
    }
  }

  private static void drop(List<StoredBatch> batches) {
    batches.forEach(StoredBatch::close);
    batches.clear();
  }

  @Override
  public OperatorCounters counters() {
    return project.counters().followedBy(rowsOut, parts.counters());
  }

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  public void close() {
    drop(waiting);
    if (window != null) {
      window.close();
      window = null;
    }
    resources.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.concat.ConcatBatches;
import dev.kronos.operator.pipeline.ColumnWriter;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillMeter;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes functions over windows of sorted rows, on the device: filters and projects each batch as
 * it comes, lets the results wait in a store until enough of them have come, and computes what is
 * asked for of all partitions that are complete. Rows keep their order.
 *
 * <p>Memory: a partition must fit the device, twice, with what {@link WindowRun} needs; rows that
 * wait may leave the device. Not thread-safe.
 */
public final class WindowBatches implements AutoCloseable {
  /** Keys whose null marks fit a word. */
  private static final int MOST_KEYS = 64;

  private static final String TOO_MANY_KEYS = "more than " + MOST_KEYS + " keys of a window";

  /** Columns whose descriptors and results fit a kernel of every device. */
  private static final int MOST_COLUMNS = 200;

  private static final String TOO_WIDE = "more than " + MOST_COLUMNS + " columns";

  private final Kronos kronos;
  private final WindowSpec spec;
  private final BatchStore store;
  private final SpillMeter meter;
  private final int enough;
  private final Resources resources = new Resources();
  private final ProjectBatch project;
  private final Stream stream;
  private final WindowRun.Means means;
  private final ConcatBatches concat;
  private final WindowPlan plan;
  private final List<StoredBatch> waiting = new ArrayList<>();
  private long waitingRows;
  private long wanted;
  private long rowsOut;
  private ColumnBatch failed;

  /**
   * Creates the operator and compiles its kernels, or finds them compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what is computed
   * @param store where batches wait; stays the caller's
   * @param meter counts what leaves the device
   * @param enough how many rows come together before complete partitions are looked for, 1 or more
   * @throws KronosException.Unsupported when {@link #unsupported} gives a reason
   */
  public WindowBatches(
      Kronos kronos, WindowSpec spec, BatchStore store, SpillMeter meter, int enough) {
    this.kronos = kronos;
    this.spec = spec;
    this.store = store;
    this.meter = meter;
    this.enough = enough;
    this.wanted = enough;
    try {
      project = resources.own(new ProjectBatch(kronos, spec.pipeline()));
      plan = WindowPlan.of(spec, project.outputLayouts());
      WindowKernels.prepare(kronos, plan);
      stream = resources.own(kronos.newStream());
      int strings = ColumnWriter.stringCount(spec.resultLayouts());
      int counters = WindowRun.FIRST_CHARACTERS + strings;
      StatusArea status = resources.own(new StatusArea(kronos.memory(), stream, counters));
      List<ColumnWriter> writers = new ArrayList<>();
      for (int i = 0; i < plan.slices(); i++) {
        int first = plan.firstCharacters(i);
        writers.add(new ColumnWriter(kronos, stream, status, plan.layoutsOf(i), first));
      }
      List<LiteralBuffer> literals = new ArrayList<>();
      for (WindowFrame frame : plan.ranges()) {
        LiteralTable table = RangeCode.literals(frame, plan.layouts());
        literals.add(resources.own(new LiteralBuffer(kronos.memory(), stream, table)));
      }
      WindowKernels kernels = WindowKernels.of(kronos, plan);
      means = new WindowRun.Means(kronos, stream, status, writers, kernels, literals);
      concat = resources.own(new ConcatBatches(kronos, project.outputLayouts()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Has the kernels of an operator made in the background; see {@code Kernels.prepare}.
   *
   * @param kronos the device
   * @param spec what the operator is going to compute
   */
  public static void prepare(Kronos kronos, WindowSpec spec) {
    ProjectBatch.prepare(kronos, spec.pipeline());
    WindowKernels.prepare(kronos, WindowPlan.of(spec, ProjectBatch.outputLayouts(spec.pipeline())));
  }

  /** Returns why a device cannot do this, or nothing; needs no device. */
  public static Optional<String> unsupported(WindowSpec spec) {
    if (spec.partition().size() + spec.order().size() > MOST_KEYS) {
      return Optional.of(TOO_MANY_KEYS);
    }
    int results = spec.calls().size() + spec.pipeline().outputTypes().size();
    return results > MOST_COLUMNS
        ? Optional.of(TOO_WIDE)
        : ProjectBatch.unsupported(spec.pipeline());
  }

  /** Returns which windows are too large for a device, in the words of {@link #unsupported}. */
  public static List<String> limits() {
    return List.of(TOO_MANY_KEYS, TOO_WIDE);
  }

  /**
   * Takes in a batch that is on the device.
   *
   * @param batch rows that come behind those taken in before, in the order of the keys; stays the
   *     caller's
   * @return the rows of partitions that are complete, with results, which the caller closes; or
   *     nothing yet
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   * @throws WindowOverflow when a sum did not fit; the operator is then done for
   * @throws FrameFailure when a bound of the frame of {@link #failed} could not be computed; the
   *     operator is then done for
   * @throws KronosException.Exhausted when a partition does not fit the device
   */
  public Optional<ColumnBatch> add(ColumnBatch batch) {
    ColumnBatch projected = project.apply(batch);
    if (projected.rows() == 0) {
      projected.close();
      return Optional.empty();
    }
    waitingRows += projected.rows();
    waiting.add(store.add(projected, meter));
    return waitingRows < wanted ? Optional.empty() : complete();
  }

  /**
   * Ends the rows: computes the results of those that are left.
   *
   * @return as {@link #add} does; nothing when no rows are left
   */
  public Optional<ColumnBatch> finish() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    try (ColumnBatch all = together()) {
      return Optional.of(computed(all, all.rows()));
    }
  }

  private Optional<ColumnBatch> complete() {
    try (ColumnBatch all = together()) {
      int last = WindowRun.lastPartition(means, all);
      keep(all, last);
      return last == 0 ? Optional.empty() : Optional.of(computed(all, last));
    }
  }

  /** Makes one batch of all that wait. */
  private ColumnBatch together() {
    ColumnBatch all = concatenated();
    drop();
    return all;
  }

  private ColumnBatch concatenated() {
    try {
      return concat.ofStored(waiting);
    } catch (KronosException.Exhausted e) {
      throw new KronosException.Exhausted(
          KronosException.message(
              "partition of a window does not fit the device",
              "rows",
              waitingRows,
              "budgetBytes",
              kronos.memory().deviceBudgetBytes()),
          e);
    }
  }

  /** Lets the rows from one on wait; looks at them again when there are twice as many. */
  private void keep(ColumnBatch all, int from) {
    waitingRows = (long) all.rows() - from;
    wanted = Math.max(enough, 2 * waitingRows);
    ColumnBatch rest = RowsOfBatch.range(all, from, (int) waitingRows);
    waiting.add(store.add(from == 0 ? rest.retain() : concat.apply(List.of(rest)), meter));
  }

  private ColumnBatch computed(ColumnBatch all, int rows) {
    try (WindowRun run = new WindowRun(means, all, rows)) {
      ColumnBatch results = run.results();
      ColumnBatch visible = new ColumnBatch(all.columns().subList(0, spec.outputs()), all.rows());
      List<Column> columns =
          new ArrayList<>(RowsOfBatch.range(visible, 0, rows).retain().columns());
      columns.addAll(results.columns());
      rowsOut += rows;
      return new ColumnBatch(columns, rows);
    } catch (RowFailure failure) {
      failed = concat.apply(List.of(RowsOfBatch.range(all, failure.row(), 1)));
      throw new FrameFailure(failure.row());
    }
  }

  /**
   * Returns the row whose frame failed, as it leaves the pipeline; null where none did. Stays the
   * operator's.
   */
  public ColumnBatch failed() {
    return failed;
  }

  private void drop() {
    waiting.forEach(StoredBatch::close);
    waiting.clear();
  }

  /** Returns the counts so far. */
  public OperatorCounters counters() {
    return project.counters().followedBy(rowsOut, stream.counters().plus(concat.counters()));
  }

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  public void close() {
    drop();
    if (failed != null) {
      failed.close();
      failed = null;
    }
    resources.close();
  }
}

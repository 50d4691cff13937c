// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.ColumnWriter;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.OutputColumns;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.SelectedRows;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/** Holds what the kernels of one join work on, and records them. */
final class JoinRun implements AutoCloseable {
  private final Kronos kronos;
  private final JoinPlan plan;
  private final BuildTable table;
  private final int pieceRows;
  private final Resources resources = new Resources();
  private final Stream stream;
  private final StatusArea status;
  private final ProbeMemory memory;
  private final SelectedRows selected;
  private ColumnBatch batch;

  /** Creates what a join needs besides its table, of which it takes a reference. */
  JoinRun(Kronos kronos, JoinPlan plan, BuildTable table, int pieceRows) {
    this.kronos = kronos;
    this.plan = plan;
    this.pieceRows = pieceRows;
    this.table = resources.own(table.retain());
    try {
      this.stream = resources.own(kronos.newStream());
      int strings = ColumnWriter.stringCount(plan.spec().outputLayouts());
      int counters = JoinCode.characters(plan) + 2 * strings;
      this.status = resources.own(new StatusArea(kronos.memory(), stream, counters));
      this.memory = resources.own(new ProbeMemory(kronos.memory(), stream, plan, table.rows()));
      this.selected = resources.own(new SelectedRows(kronos));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    this.batch = absentBatch();
  }

  private ColumnBatch absentBatch() {
    List<Column> columns = new ArrayList<>();
    for (ColumnLayout layout : plan.probe().inputs()) {
      columns.add(new Column(layout, null, null, null, null, 0));
    }
    return new ColumnBatch(columns, 0);
  }

  /** Says what one run of a kernel is to do. */
  record Work(int count, int flags, long base, DeviceBuffer list, OutputColumns output) {
    /** Makes a run over all rows that writes no columns. */
    static Work over(int count) {
      return new Work(count, 0, 0, null, null);
    }
  }

  /** Pairs a kernel with its constants and its text. */
  record JoinKernel(Kernel kernel, LiteralBuffer literals, ShaderSource source) {}

  /** Takes over what is closed with the join. */
  <T extends AutoCloseable> T own(T resource) {
    return resources.own(resource);
  }

  JoinKernel compile(JoinCode code) {
    ShaderSource source = code.source();
    Kernel kernel = kronos.kernels().compile(source);
    LiteralBuffer literals =
        resources.own(new LiteralBuffer(kronos.memory(), stream, code.literals()));
    return new JoinKernel(kernel, literals, source);
  }

  /**
   * Makes a writer of the result's columns.
   *
   * @param index 0 or 1: each has counters of its own
   * @param kernel what writes them
   */
  ColumnWriter writer(int index, JoinKernel kernel) {
    List<ColumnLayout> layouts = plan.spec().outputLayouts();
    int first = JoinCode.characters(plan) + index * ColumnWriter.stringCount(layouts);
    return new ColumnWriter(kronos, stream, status, layouts, first).of(kernel.source);
  }

  /** Makes a batch the one that kernels probe with; it stays the caller's. */
  void begin(ColumnBatch next) {
    batch = next;
    memory.begin(stream, next.rows());
  }

  /** Forgets the batch. */
  void end() {
    batch = absentBatch();
  }

  void record(JoinKernel kernel, Work work) {
    Arguments arguments = Arguments.builder();
    kernel.literals.put(arguments);
    arguments.putLong(status.countersAddress());
    table.index().put(arguments);
    arguments.putLong(table.rows()).putLong(batch.rows());
    memory.put(arguments);
    selected.put(arguments);
    if (work.list == null) {
      arguments.putLong(0);
    } else {
      arguments.putAddress(work.list);
    }
    arguments.putLong(work.base);
    if (work.output != null) {
      work.output.put(arguments);
    }
    BatchBinding.put(arguments, columns());
    stream.dispatch(
        new Dispatch(
            kernel.kernel,
            arguments,
            accesses(kernel, work),
            Workgroups.forRows(work.count),
            work.count,
            work.flags,
            status.buffer()));
  }

  private List<Access> accesses(JoinKernel kernel, Work work) {
    List<Access> accesses = new ArrayList<>(kernel.literals.accesses());
    accesses.add(status.access());
    accesses.addAll(table.index().reads());
    accesses.addAll(memory.accesses());
    accesses.addAll(selected.accesses());
    if (work.list != null) {
      accesses.add(Access.reads(work.list));
    }
    if (work.output != null) {
      accesses.add(work.output.access());
    }
    accesses.addAll(sources());
    return accesses;
  }

  /** Returns reads of the columns of batch and table. */
  private List<Access> sources() {
    List<Access> accesses = new ArrayList<>();
    BatchBinding.addReads(accesses, batch);
    BatchBinding.addReads(accesses, table.columns());
    return accesses;
  }

  /** Returns reads of all that strings of the result may point to. */
  List<Access> sources(JoinKernel kernel) {
    List<Access> accesses = sources();
    accesses.addAll(kernel.literals.accesses());
    return accesses;
  }

  /** Returns the columns that kernels see, in the order of {@link JoinPlan#layouts()}. */
  private ColumnBatch columns() {
    List<Column> columns = new ArrayList<>(batch.columns());
    columns.addAll(table.columns().columns());
    if (columns.size() < plan.layouts().size()) {
      DeviceBuffer marks = memory.keptMarks();
      ColumnLayout layout = plan.layouts().get(columns.size());
      BufferSlice bits = marks == null ? null : new BufferSlice(marks, 0, marks.sizeBytes());
      columns.add(new Column(layout, null, bits, null, null, 0));
    }
    return new ColumnBatch(columns, batch.rows());
  }

  /** Submits what was recorded and waits; throws RowFailure. */
  void await() {
    status.recordRead(stream);
    stream.submit().await();
    status.checkRows();
  }

  JoinPlan plan() {
    return plan;
  }

  BuildTable table() {
    return table;
  }

  int pieceRows() {
    return pieceRows;
  }

  ColumnBatch batch() {
    return batch;
  }

  Kronos kronos() {
    return kronos;
  }

  Stream stream() {
    return stream;
  }

  StatusArea status() {
    return status;
  }

  ProbeMemory memory() {
    return memory;
  }

  SelectedRows selected() {
    return selected;
  }

  /** Frees everything, and the reference to the table. Idempotent. */
  @Override
  public void close() {
    resources.close();
  }

  boolean isClosed() {
    return resources.isClosed();
  }
}

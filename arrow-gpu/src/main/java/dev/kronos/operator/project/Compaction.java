// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Nullability;
import dev.kronos.device.VendorProfile.FilterPasses;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.OutputColumns;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.operator.scan.LookBackScan;
import dev.kronos.operator.scan.LookBackScan.Help;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tests and writes the rows of large batches in one pass, which reads values once and needs room
 * for all rows. Its kernel is made when the first such batch comes. Not thread-safe.
 */
final class Compaction implements AutoCloseable {
  /** Below, what a second pass costs is little beside what a batch costs anyway. */
  private static final int LEAST_ROWS = 1 << 20;

  /** Flag of the kernel: a tile counts all tiles before it. */
  private static final int ALONE = 2;

  private final Kronos kronos;
  private final Stream stream;
  private final StatusArea status;
  private final List<ColumnLayout> layouts;
  private final CompactCode code;
  private Kernel kernel;
  private LiteralBuffer literals;
  private Help always;

  /** Creates what makes and runs the kernel of a pipeline that {@link CompactCode#suits}. */
  Compaction(
      Kronos kronos,
      Stream stream,
      StatusArea status,
      FusedPipeline pipeline,
      List<ColumnLayout> layouts) {
    this.kronos = kronos;
    this.stream = stream;
    this.status = status;
    this.layouts = layouts.stream().map(Compaction::withoutNulls).toList();
    this.code = new CompactCode(pipeline, this.layouts);
  }

  private static ColumnLayout withoutNulls(ColumnLayout layout) {
    return new ColumnLayout(
        layout.type(), layout.storage(), layout.validity(), Nullability.NON_NULL);
  }

  /** Takes batches of every size on every device that can run the kernel, for tests. */
  void always(Help help) {
    always = help;
  }

  /** Tells whether a batch should be taken in one pass, where workgroups may look back. */
  boolean takes(ColumnBatch batch) {
    if (always != null) {
      return batch.rows() > 0;
    }
    return batch.rows() >= LEAST_ROWS
        && kronos.device().profile().filterPasses().value() == FilterPasses.ONE
        && LookBackScan.suits(kronos);
  }

  /**
   * Writes the rows of a batch that pass, counts them and waits.
   *
   * @param batch of 1 row or more
   * @return columns that are not nullable, whose first rows are written, or nothing, and nothing
   *     was done, where there is no memory for them
   */
  Optional<OutputColumns> run(ColumnBatch batch) {
    OutputColumns output = null;
    try {
      output = new OutputColumns(kronos, layouts, batch.rows());
      write(batch, output);
      return Optional.of(output);
    } catch (RuntimeException e) {
      if (output != null) {
        output.close();
      }
      if (e instanceof KronosException.Exhausted) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void write(ColumnBatch batch, OutputColumns output) {
    int tiles = (batch.rows() - 1) / code.tileRows() + 1;
    // A ticket, padded to 16 bytes, and a count a tile.
    long stateBytes = (2L + tiles) * Long.BYTES;
    try (DeviceBuffer state = kronos.memory().allocate(Pool.DEVICE, stateBytes)) {
      stream.fill(state, 0, stateBytes, 0);
      record(batch, output, state);
    }
    status.recordRead(stream);
    stream.submit().await();
  }

  private void record(ColumnBatch batch, OutputColumns output, DeviceBuffer state) {
    if (kernel == null) {
      literals = new LiteralBuffer(kronos.memory(), stream, code.literals());
      kernel = kronos.kernels().compile(code.source());
    }
    Arguments arguments = Arguments.builder();
    literals.put(arguments);
    arguments.putLong(status.countersAddress()).putAddress(state);
    output.put(arguments);
    BatchBinding.put(arguments, batch);
    List<Access> accesses = new ArrayList<>(literals.accesses());
    accesses.addAll(List.of(status.access(), Access.updates(state), output.access()));
    BatchBinding.addReads(accesses, batch);
    int rows = batch.rows();
    int workgroups = Workgroups.forRows((rows - 1L) / (code.tileRows() / Workgroups.SIZE) + 1);
    int flags = always == Help.OF_NOBODY ? ALONE : 0;
    stream.dispatch(
        new Dispatch(kernel, arguments, accesses, workgroups, rows, flags, status.buffer()));
  }

  @Override
  public void close() {
    if (literals != null) {
      literals.close();
    }
  }
}

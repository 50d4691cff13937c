// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.concat;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.ColumnWriter;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.OutputColumns;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Copies batches of one layout into a single one of Arrow's layout, in one dispatch for any number
 * of batches and one more for each column of strings. Not thread-safe; any number of operators may
 * work on one device at once.
 */
public final class ConcatBatches implements AutoCloseable {
  private static final int DESCRIPTOR_BYTES = 40;

  private final Kronos kronos;
  private final List<ColumnLayout> inputs;
  private final List<ColumnLayout> outputs;
  private final Stream stream;

  /**
   * Creates the operator.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param layouts layouts of the columns
   */
  public ConcatBatches(Kronos kronos, List<ColumnLayout> layouts) {
    this.kronos = kronos;
    this.inputs = List.copyOf(layouts);
    this.outputs = ArrowColumns.layouts(layouts);
    this.stream = kronos.newStream();
  }

  /**
   * Copies the rows of batches, in order, and waits for it.
   *
   * @param batches stay the caller's
   * @return a complete batch that the caller closes
   * @throws KronosException.Exhausted when there are 2^31 rows or more, more than 2 GiB of
   *     characters in a column, or there is no memory for them
   */
  public ColumnBatch apply(List<ColumnBatch> batches) {
    List<ColumnBatch> filled = batches.stream().filter(batch -> batch.rows() > 0).toList();
    filled.forEach(batch -> BatchBinding.check(inputs, batch));
    long rows = filled.stream().mapToLong(ColumnBatch::rows).sum();
    if (rows > Integer.MAX_VALUE) {
      throw new KronosException.Exhausted(message("too many rows for a batch", "rows", rows));
    }
    int counters = ColumnWriter.stringCount(outputs);
    try (StatusArea status = new StatusArea(kronos.memory(), stream, counters);
        DeviceBuffer table = kronos.memory().allocate(Pool.UPLOAD, tableBytes(filled.size()))) {
      fill(table, filled);
      List<Access> sources = new ArrayList<>();
      filled.forEach(batch -> BatchBinding.addReads(sources, batch));
      Extent extent = new Extent(filled.size(), (int) rows);
      ColumnWriter writer = new ColumnWriter(kronos, stream, status, outputs, 0).withoutFailures();
      return writer.write(
          extent.rows, sources, output -> record(status, table, sources, output, extent));
    }
  }

  /**
   * Makes one batch of several in a store: a copy, or that of a single one itself.
   *
   * @param batches one or more; stay the caller's
   * @return as {@link #apply} does
   * @throws KronosException.Exhausted as {@link #apply} does
   */
  public ColumnBatch ofStored(Collection<StoredBatch> batches) {
    return StoredBatch.pinned(
        batches, pinned -> pinned.size() == 1 ? pinned.get(0).retain() : apply(pinned));
  }

  /** Tells how much is copied. */
  private record Extent(int batches, int rows) {}

  private long descriptorBytes(int batches) {
    return (long) batches * inputs.size() * DESCRIPTOR_BYTES;
  }

  private long tableBytes(int batches) {
    return descriptorBytes(batches) + (long) batches * Integer.BYTES;
  }

  /** Writes the descriptors of all columns, then the first row of each batch. */
  private void fill(DeviceBuffer table, List<ColumnBatch> batches) {
    long at = table.hostAddress();
    for (ColumnBatch batch : batches) {
      for (Column column : batch.columns()) {
        HostMemory.putLong(at, address(column.validity()));
        HostMemory.putLong(at + 8, address(column.values()));
        HostMemory.putLong(at + 16, address(column.offsets()));
        HostMemory.putLong(at + 24, address(column.ids()));
        HostMemory.putLong(at + 32, column.bitOffset());
        at += DESCRIPTOR_BYTES;
      }
    }
    int row = 0;
    for (ColumnBatch batch : batches) {
      HostMemory.putInt(at, row);
      at += Integer.BYTES;
      row += batch.rows();
    }
  }

  private static long address(BufferSlice slice) {
    return slice == null ? 0 : slice.deviceAddress();
  }

  private void record(
      StatusArea status,
      DeviceBuffer table,
      List<Access> sources,
      OutputColumns output,
      Extent extent) {
    Arguments arguments = Arguments.builder().putLong(status.countersAddress());
    arguments.putAddress(table).putAddress(table, descriptorBytes(extent.batches));
    arguments.putLong(extent.batches);
    output.put(arguments);
    List<Access> accesses = new ArrayList<>(sources);
    accesses.addAll(List.of(status.access(), Access.reads(table), output.access()));
    stream.dispatch(
        new Dispatch(
            kernel(),
            arguments,
            accesses,
            Workgroups.forRows(extent.rows),
            extent.rows,
            0,
            status.buffer()));
  }

  private Kernel kernel() {
    OutputCode output = new OutputCode(outputs, 0);
    KernelText kernel = new KernelText("concat/rows");
    kernel.arguments("counters", "descriptors", "firstRows", "batches");
    kernel.arguments(output.arguments()).resource("pipeline/words.glsl");
    kernel.define("K_BATCH_COLUMNS", inputs.size() + "u").resource("concat/concat.glsl");
    output.addFunctions(kernel);
    List<Expression> columns = ColumnReference.toAll(inputs);
    new RowCode(inputs).addRowFunction(kernel, List.of(), columns, output::storeAll);
    output.addMain(
        kernel,
        "k_batch = k_batchOf(k_position);\n"
            + "k_row(k_position - BufferU32(k_args.firstRows).v[k_batch]);\n");
    return kronos.kernels().compile(kernel.source());
  }

  /** Returns what the operator recorded so far. */
  public StreamCounters counters() {
    return stream.counters();
  }

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  public void close() {
    stream.close();
  }
}

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
import java.util.ArrayList;
import java.util.List;

/** Copies batches of one layout into a single one, in one dispatch for any number of batches. */
final class BatchConcat {
  private static final int DESCRIPTOR_BYTES = 40;

  private final Kronos kronos;
  private final Stream stream;
  private final List<ColumnLayout> layouts;

  BatchConcat(Kronos kronos, Stream stream, List<ColumnLayout> layouts) {
    this.kronos = kronos;
    this.stream = stream;
    this.layouts = List.copyOf(layouts);
  }

  /**
   * Copies batches that are not empty and waits for it.
   *
   * @param batches two or more; stay the caller's
   * @param rows rows of all of them
   * @return a batch in Arrow's layout that the caller closes
   */
  ColumnBatch concat(List<ColumnBatch> batches, int rows) {
    int counters = ColumnWriter.stringCount(layouts);
    try (StatusArea status = new StatusArea(kronos.memory(), stream, counters);
        DeviceBuffer table = kronos.memory().allocate(Pool.UPLOAD, tableBytes(batches.size()))) {
      fill(table, batches);
      List<Access> sources = new ArrayList<>();
      batches.forEach(batch -> BatchBinding.addReads(sources, batch));
      ColumnWriter writer = new ColumnWriter(kronos, stream, status, layouts, 0);
      return writer.write(
          rows,
          sources,
          output -> record(status, table, sources, output, new Extent(batches.size(), rows)));
    }
  }

  /** Tells how much is copied. */
  private record Extent(int batches, int rows) {}

  private long descriptorBytes(int batches) {
    return (long) batches * layouts.size() * DESCRIPTOR_BYTES;
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
    OutputCode output = new OutputCode(layouts, 0);
    KernelText kernel = new KernelText("join/concat");
    kernel.arguments("counters", "descriptors", "firstRows", "batches");
    kernel.arguments(output.arguments()).resource("pipeline/words.glsl");
    kernel.define("K_BATCH_COLUMNS", layouts.size() + "u").resource("join/concat.glsl");
    output.addFunctions(kernel);
    List<Expression> columns = new ArrayList<>();
    for (ColumnLayout layout : layouts) {
      columns.add(new ColumnReference(columns.size(), layout.type(), layout.nullable()));
    }
    new RowCode(layouts).addRowFunction(kernel, List.of(), columns, output::storeAll);
    output.addMain(
        kernel,
        "k_batch = k_batchOf(k_position);\n"
            + "k_row(k_position - BufferU32(k_args.firstRows).v[k_batch]);\n");
    return kronos.kernels().compile(kernel.source());
  }
}

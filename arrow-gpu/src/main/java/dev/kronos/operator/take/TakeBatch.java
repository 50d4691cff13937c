// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.take;

import dev.kronos.Kronos;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.Nullability;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.ColumnWriter;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.OutputColumns;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads rows of a batch by their indices into new columns of Arrow's layout: row {@code i} of the
 * result is the row that index {@code i} names, or null where the index is null. One kernel, and
 * one more for each column of strings. Not thread-safe.
 */
public final class TakeBatch implements AutoCloseable {
  private static final int ROW_BYTES = Integer.BYTES;

  private final List<ColumnLayout> inputs;
  private final Resources resources = new Resources();
  private final Stream stream;
  private final BatchUpload upload;
  private final StatusArea status;
  private final ColumnWriter writer;
  private final Kernel kernel;

  /**
   * Creates the operator and compiles its kernel, or finds it compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param values layouts of the columns to read from
   * @param indices type of the indices: INT8, INT16, INT32 or INT64
   */
  public TakeBatch(Kronos kronos, List<ColumnLayout> values, DataType indices) {
    this(kronos, values, indices, Nullability.NULLABLE);
  }

  /**
   * Creates an operator for indices that are numbers of rows, 32 bits each, none null and all below
   * the number of rows: columns without nulls then stay so. Numbers that are too large give rows of
   * any content.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param values layouts of the columns to read from
   */
  public static TakeBatch ofRows(Kronos kronos, List<ColumnLayout> values) {
    return new TakeBatch(kronos, values, DataType.INT32, Nullability.NON_NULL);
  }

  /**
   * Has the kernel of {@link #ofRows} made in the background; see {@code Kernels.prepare}.
   *
   * @param kronos the device
   * @param values layouts of the columns to read from
   */
  public static void prepareOfRows(Kronos kronos, List<ColumnLayout> values) {
    kronos
        .kernels()
        .prepare(
            new OfRows(values),
            () -> List.of(code(values, DataType.INT32, Nullability.NON_NULL).source()));
  }

  /** Stands for the kernel of {@link #ofRows}. */
  private record OfRows(List<ColumnLayout> values) {}

  private static TakeCode code(List<ColumnLayout> values, DataType indices, Nullability ofIndices) {
    return new TakeCode(values, indices, new OutputCode(outputs(values, ofIndices), 0));
  }

  private static List<ColumnLayout> outputs(List<ColumnLayout> values, Nullability ofIndices) {
    return values.stream().map(value -> output(value, ofIndices)).toList();
  }

  private TakeBatch(
      Kronos kronos, List<ColumnLayout> values, DataType indices, Nullability ofIndices) {
    List<ColumnLayout> outputs = outputs(values, ofIndices);
    this.inputs = List.copyOf(values);
    try {
      this.stream = resources.own(kronos.newStream());
      this.upload = new BatchUpload(kronos, stream);
      int counters = ColumnWriter.stringCount(outputs);
      this.status = resources.own(new StatusArea(kronos.memory(), stream, counters));
      this.writer = new ColumnWriter(kronos, stream, status, outputs, 0);
      if (ofIndices == Nullability.NON_NULL) {
        // They are numbers that operators have made: nobody waits to learn that they are right.
        writer.withoutFailures();
      }
      this.kernel = kronos.kernels().compile(code(inputs, indices, ofIndices).source());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static ColumnLayout output(ColumnLayout input, Nullability ofIndices) {
    boolean nullable = input.nullable() || ofIndices == Nullability.NULLABLE;
    return ArrowColumns.layout(
        input.type(), nullable ? Nullability.NULLABLE : Nullability.NON_NULL);
  }

  /**
   * Reads rows.
   *
   * @param values the columns to read from; stays the caller's
   * @param indices one column of Arrow's layout, from 0 to below the rows of {@code values}; stays
   *     the caller's
   * @return a complete batch with a row an index, which the caller closes
   * @throws dev.kronos.operator.pipeline.RowFailure naming the place of the first index that names
   *     no row; the operator is then done for
   */
  public ColumnBatch apply(HostBatch values, HostBatch indices) {
    BatchBinding.check(inputs, values);
    try (ColumnBatch source = upload.upload(values);
        ColumnBatch places = upload.upload(indices)) {
      return take(source, places);
    }
  }

  /**
   * Reads rows of a batch that is on the device.
   *
   * @param values the columns to read from; stays the caller's
   * @param rows numbers of rows, 32 bits each, from 0 to below the rows of {@code values}; stay the
   *     caller's
   * @return a complete batch with a row a number, which the caller closes
   * @throws dev.kronos.operator.pipeline.RowFailure as {@link #apply(HostBatch, HostBatch)}
   */
  public ColumnBatch apply(ColumnBatch values, BufferSlice rows) {
    BatchBinding.check(inputs, values);
    ColumnLayout layout = ArrowColumns.layout(DataType.INT32, Nullability.NON_NULL);
    Column column = new Column(layout, null, rows, null, null, 0);
    return take(values, new ColumnBatch(List.of(column), (int) (rows.sizeBytes() / ROW_BYTES)));
  }

  private ColumnBatch take(ColumnBatch source, ColumnBatch places) {
    List<Access> strings = new ArrayList<>();
    BatchBinding.addReads(strings, source);
    return writer.write(places.rows(), strings, output -> record(source, places, output));
  }

  private void record(ColumnBatch values, ColumnBatch indices, OutputColumns output) {
    Arguments arguments = Arguments.builder();
    arguments.putLong(status.countersAddress()).putLong(values.rows());
    output.put(arguments);
    // The index column follows the values, as one table.
    List<Access> accesses = new ArrayList<>(List.of(status.access(), output.access()));
    if (!values.columns().isEmpty()) {
      BatchBinding.put(arguments, values);
      BatchBinding.addReads(accesses, values);
    }
    BatchBinding.put(arguments, indices);
    BatchBinding.addReads(accesses, indices);
    int rows = indices.rows();
    stream.dispatch(
        new Dispatch(
            kernel, arguments, accesses, Workgroups.forRows(rows), rows, 0, status.buffer()));
  }

  /** Returns what the operator recorded so far. */
  public StreamCounters counters() {
    return stream.counters();
  }

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  public void close() {
    resources.close();
  }
}

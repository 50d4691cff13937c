// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.HostBuffer;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.dispatch.Ticket;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes pages of columns to a batch on the device.
 *
 * <p>A column of the result has its entries as values and each row's entry as its dictionary id;
 * where entries are the rows' values in order, it has no ids. Null rows have id 0. Values that lie
 * in the file as in a column are used where the upload put them. Pages may come as the file has
 * them, and are decompressed first. One stream, up to six dispatches a column; nothing waits for
 * the device. Not thread-safe.
 */
public final class DecodePages implements AutoCloseable {
  /** Two integers a column: whether an id has no entry, and which page is damaged. */
  private static final int WRONG_BYTES = 2 * Integer.BYTES;

  private final Kronos kronos;
  private final Stream stream;
  private final BatchUpload upload;
  private DeviceBuffer wrong;
  private int wrongColumns;
  private Ticket ticket;

  /** Creates the operator on a device, which stays the caller's and outlives it. */
  public DecodePages(Kronos kronos) {
    this.kronos = kronos;
    this.stream = kronos.newStream();
    this.upload = new BatchUpload(kronos, stream);
  }

  /**
   * Decodes pages. Work on any stream may use the result at once.
   *
   * @param columns all pages of each column, as many rows each; stay the caller's, who may close
   *     them as soon as this returns
   * @param rows rows of the batch, 1 or more
   * @return a batch of the columns' layouts that the caller closes
   * @throws KronosException.InvalidArgument when a column has another number of rows, or when
   *     {@link #check} would throw for the batch before
   * @throws KronosException.Exhausted when there is no room
   */
  public ColumnBatch apply(List<ColumnPages> columns, int rows) {
    check();
    for (ColumnPages column : columns) {
      if (column.rows() != rows) {
        throw new KronosException.InvalidArgument(
            message("column has other rows", "expected", rows, "found", column.rows()));
      }
      column.complete();
    }
    clearWrong(columns.size());
    List<Column> decoded = new ArrayList<>(columns.size());
    try {
      decodeAll(columns, decoded);
      ticket = stream.submit();
      return new ColumnBatch(decoded, rows);
    } catch (RuntimeException e) {
      decoded.forEach(Column::close);
      throw e;
    }
  }

  private void clearWrong(int columns) {
    if (wrong == null || columns > wrongColumns) {
      closeWrong();
      wrong = kronos.memory().allocate(Pool.READBACK, Math.max(1L, columns) * WRONG_BYTES);
    }
    wrongColumns = columns;
    for (int i = 0; i < columns; i++) {
      HostMemory.putLong(wrong.hostAddress() + (long) i * WRONG_BYTES, 0);
    }
  }

  private void decodeAll(List<ColumnPages> columns, List<Column> decoded) {
    List<HostBuffer> parts = new ArrayList<>();
    for (ColumnPages column : columns) {
      parts.addAll(UploadedColumn.parts(column));
    }
    List<BufferSlice> slices = upload.uploadParts(parts);
    try {
      for (int i = 0; i < columns.size(); i++) {
        try (ColumnDecoding work =
            new ColumnDecoding(
                kronos, stream, columns.get(i), UploadedColumn.of(slices, i), wrongWords(i))) {
          decoded.add(work.decode());
        }
      }
    } finally {
      slices.stream().filter(slice -> slice != null).forEach(BufferSlice::close);
    }
  }

  private BufferSlice wrongWords(int column) {
    return BufferSlice.shared(wrong, (long) column * WRONG_BYTES, WRONG_BYTES);
  }

  /**
   * Waits for the last batch and finds out whether its pages were sound.
   *
   * @throws KronosException.InvalidArgument when a page named an entry that its dictionary lacks,
   *     or when a page that the device decompressed was damaged
   */
  public void check() {
    if (ticket == null) {
      return;
    }
    Ticket last = ticket;
    ticket = null;
    last.await();
    for (int i = 0; i < wrongColumns; i++) {
      long words = wrong.hostAddress() + (long) i * WRONG_BYTES;
      PageDamage.check(i, HostMemory.intAt(words + Integer.BYTES));
      if (HostMemory.intAt(words) != 0) {
        throw new KronosException.InvalidArgument(
            message("page names an entry that its dictionary lacks", "column", i));
      }
    }
  }

  /** Returns what the operator recorded so far. */
  public StreamCounters counters() {
    return stream.counters();
  }

  private void closeWrong() {
    if (wrong != null) {
      DeviceBuffer held = wrong;
      wrong = null;
      held.close();
    }
  }

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  public void close() {
    ticket = null;
    closeWrong();
    stream.close();
  }
}

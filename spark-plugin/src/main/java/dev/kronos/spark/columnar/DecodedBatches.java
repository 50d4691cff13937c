// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.Kronos;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.Storage;
import dev.kronos.operator.parquet.ColumnPages;
import dev.kronos.operator.parquet.DecodePages;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.spark.parquet.RowGroups;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.RecordReaderIterator;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;

/**
 * Gives the rows of a file in batches that the device decodes, each row group at once and then in
 * slices. A batch is closed when the next one is asked for, and when the task completes. Used by
 * the task's thread.
 */
final class DecodedBatches extends AbstractIterator<Object> implements Closeable {
  private final Kronos kronos;
  private final Resources resources = new Resources();
  private final StructType schema;
  private final int batchRows;
  private final RecordReaderIterator<?> file;
  private final RowGroups rowGroups;
  private final DecodePages decode;
  private final BatchDownload download;
  private ArrowLayouts arrow;
  private ColumnBatch group;
  private int given;
  private ColumnarBatch last;
  private boolean ended;

  /**
   * Creates an iterator.
   *
   * @param kronos the device; stays the caller's
   * @param decodable the file, of which nothing is unsupported
   * @param settings how many rows a batch has, and what the device decompresses
   * @param file what has the file open; is closed with this
   */
  DecodedBatches(
      Kronos kronos, DecodableFile decodable, ScanSettings settings, RecordReaderIterator<?> file) {
    this.kronos = kronos;
    this.schema = decodable.schema();
    this.batchRows = settings.batchRows();
    this.file = file;
    this.rowGroups = decodable.rowGroups();
    rowGroups.decompressOn(settings.deviceDecompression(), kronos.device().type());
    this.decode = resources.own(new DecodePages(kronos));
    this.download = resources.own(new BatchDownload(kronos));
    TaskContext task = TaskContext.get();
    if (task != null) {
      TaskCompletionListener listener = context -> close();
      task.addTaskCompletionListener(listener);
    }
  }

  /** Returns itself under the type that Spark gives to iterators of batches. */
  @SuppressWarnings("unchecked")
  Iterator<InternalRow> rows() {
    return (Iterator<InternalRow>) (Iterator<?>) this;
  }

  @Override
  public boolean hasNext() {
    if (!ended && (group == null || given == group.rows())) {
      closeGroup();
      readGroup();
    }
    return !ended;
  }

  private void readGroup() {
    Optional<List<ColumnPages>> pages = rowGroups.read(kronos.memory());
    if (pages.isEmpty()) {
      // The last batch's pages must be known to be sound before the task may end well.
      decode.check();
      ended = true;
      return;
    }
    try {
      group = decode.apply(pages.get(), pages.get().get(0).rows());
      given = 0;
    } finally {
      pages.get().forEach(ColumnPages::close);
    }
  }

  @Override
  public Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException("end of file");
    }
    closeLast();
    int rows = Math.min(batchRows, group.rows() - given);
    List<Column> columns = new ArrayList<>(group.columns().size());
    for (Column column : group.columns()) {
      columns.add(slice(column, given, rows));
    }
    given += rows;
    ColumnBatch batch = new ColumnBatch(columns, rows);
    ResidentBatch resident = new ResidentBatch(download, batch, this::toArrow, schema);
    last = SparkBatches.of(resident, batch, schema);
    return last;
  }

  private static Column slice(Column column, int first, int rows) {
    boolean ids = column.ids() != null;
    boolean strings = column.layout().storage() == Storage.UTF8;
    int width = strings ? 0 : column.layout().storage().bytesPerValue();
    return new Column(
        column.layout(),
        slice(column.validity(), 1, first, rows),
        ids || strings ? whole(column.values()) : slice(column.values(), width, first, rows),
        ids ? whole(column.offsets()) : slice(column.offsets(), Integer.BYTES, first, rows + 1),
        slice(column.ids(), Integer.BYTES, first, rows),
        0);
  }

  private static BufferSlice slice(BufferSlice whole, long width, int first, int count) {
    return whole == null
        ? null
        : BufferSlice.shared(whole.buffer(), whole.offset() + width * first, width * count);
  }

  private static BufferSlice whole(BufferSlice slice) {
    return slice == null ? null : slice(slice, 1, 0, Math.toIntExact(slice.sizeBytes()));
  }

  private ColumnBatch toArrow(ColumnBatch batch) {
    if (arrow == null) {
      arrow =
          resources.own(
              new ArrowLayouts(kronos, batch.columns().stream().map(Column::layout).toList()));
    }
    return arrow.convert(batch);
  }

  private void closeLast() {
    if (last != null) {
      last.close();
      last = null;
    }
  }

  private void closeGroup() {
    if (group != null) {
      group.close();
      group = null;
    }
  }

  @Override
  public void close() {
    ended = true;
    closeLast();
    closeGroup();
    resources.close();
    file.close();
  }
}

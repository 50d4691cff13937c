// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.execution.datasources.parquet.VectorizedParquetRecordReader;

/**
 * Decides how many rows a reader's batches hold: no more than a row group has, as batches never
 * span row groups; so few that the characters of a column stay far below what 31-bit offsets reach;
 * and fewer when there are many columns.
 */
final class BatchCapacity {
  /** Bytes of one column in one batch, by the file's own account of uncompressed sizes. */
  private static final long MAX_COLUMN_BYTES = 1L << 28;

  /** Bytes of all columns of one batch. */
  private static final long MAX_BATCH_BYTES = 1L << 28;

  /** Bytes that one row of a column takes: 8 for a value, 4 for a dictionary id, 1 for null. */
  private static final long BYTES_PER_VALUE = 16;

  private static final long MIN_ROWS = 4096;

  private BatchCapacity() {}

  /**
   * Returns the rows of a batch, 1 to {@code batchRows}.
   *
   * @param reader an initialised reader
   * @param batchRows most rows, 1 or more
   */
  static int of(VectorizedParquetRecordReader reader, int batchRows) {
    MessageType schema = (MessageType) ReaderFields.SCHEMA.of(reader);
    long columns = Math.max(1, schema.getColumns().size());
    long bound = Math.max(MIN_ROWS, MAX_BATCH_BYTES / BYTES_PER_VALUE / columns);
    long largest = 0;
    for (BlockMetaData block : rowGroups(reader)) {
      largest = Math.max(largest, block.getRowCount());
      bound = Math.min(bound, ofColumns(block, schema));
    }
    long rows = largest == 0 ? (Long) ReaderFields.TOTAL_ROWS.of(reader) : largest;
    return (int) Math.max(1, Math.min(batchRows, Math.min(rows, bound)));
  }

  private static long ofColumns(BlockMetaData block, MessageType schema) {
    long bytes = 1;
    for (ColumnChunkMetaData column : block.getColumns()) {
      if (schema.containsPath(column.getPath().toArray())) {
        bytes = Math.max(bytes, column.getTotalUncompressedSize());
      }
    }
    return bytes <= MAX_COLUMN_BYTES
        ? Long.MAX_VALUE
        : (long) (block.getRowCount() * ((double) MAX_COLUMN_BYTES / bytes));
  }

  private static List<BlockMetaData> rowGroups(VectorizedParquetRecordReader reader) {
    return file(reader).map(ParquetFileReader::getRowGroups).orElse(List.of());
  }

  /** Returns the reader of the file, which stays the given reader's; empty when it is not known. */
  static Optional<ParquetFileReader> file(VectorizedParquetRecordReader reader) {
    Object rowGroupReader = ReaderFields.ROW_GROUPS.of(reader);
    try {
      Field field = rowGroupReader.getClass().getDeclaredField("reader");
      field.setAccessible(true);
      return field.get(rowGroupReader) instanceof ParquetFileReader file
          ? Optional.of(file)
          : Optional.empty();
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }
}

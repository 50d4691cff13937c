// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.spark.parquet.PageCodecs;
import dev.kronos.spark.parquet.RowGroups;
import dev.kronos.spark.parquet.StoredColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.spark.sql.execution.datasources.parquet.ParquetColumn;
import org.apache.spark.sql.execution.datasources.parquet.VectorizedParquetRecordReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Looks at a file that Spark has opened, and says whether the device can decode it, and how. What
 * it cannot is Spark's to decode, or to refuse.
 */
final class DecodableFile {
  private static final String AS_WRITTEN = "CORRECTED";

  private final VectorizedParquetRecordReader reader;
  private final PageCodecs codecs;
  private final StructType schema;
  private final List<StoredColumn> columns = new ArrayList<>();

  /**
   * Looks at a file.
   *
   * @param codecs what decompresses the reader's pages
   */
  DecodableFile(VectorizedParquetRecordReader reader, PageCodecs codecs) {
    this.reader = reader;
    this.codecs = codecs;
    this.schema = (StructType) ReaderFields.REQUESTED.of(reader);
  }

  /** Returns the columns that were asked for. */
  StructType schema() {
    return schema;
  }

  /** Returns the pages; only where nothing is unsupported. */
  RowGroups rowGroups() {
    return new RowGroups(BatchCapacity.file(reader).orElseThrow(), columns, codecs);
  }

  /** Returns why Spark has to decode the file, or empty. */
  Optional<String> unsupported() {
    ParquetColumn file = (ParquetColumn) ReaderFields.COLUMNS.of(reader);
    ColumnarBatch batch = (ColumnarBatch) ReaderFields.BATCH.of(reader);
    int wanted = schema == null ? 0 : schema.fields().length;
    if (wanted == 0 || file.children().size() != wanted) {
      return Optional.of("no columns");
    }
    if (batch.numCols() != wanted) {
      return Optional.of("partition values");
    }
    if (!((Set<?>) ReaderFields.MISSING.of(reader)).isEmpty()) {
      return Optional.of("columns that the file lacks");
    }
    return unsupportedRows().or(() -> unsupportedColumns(file)).or(() -> rowGroups().unsupported());
  }

  /** Single pages that filters rule out are left out by Spark's reader only. */
  private Optional<String> unsupportedRows() {
    Optional<ParquetFileReader> file = BatchCapacity.file(reader);
    if (file.isEmpty()) {
      return Optional.of("reader is not the known one");
    }
    long rows = file.get().getRowGroups().stream().mapToLong(BlockMetaData::getRowCount).sum();
    return rows == (Long) ReaderFields.TOTAL_ROWS.of(reader)
        ? Optional.empty()
        : Optional.of("pages are left out by their statistics");
  }

  private Optional<String> unsupportedColumns(ParquetColumn file) {
    List<ColumnLayout> layouts = BatchLayouts.of(schema);
    for (int i = 0; i < layouts.size(); i++) {
      DataType type = layouts.get(i).type();
      if (isTime(type) && !AS_WRITTEN.equals(ReaderFields.REBASE.of(reader))) {
        return Optional.of("dates or times of another calendar");
      }
      scala.Option<ColumnDescriptor> descriptor = file.children().apply(i).descriptor();
      Optional<StoredColumn> column =
          descriptor.isDefined()
              ? StoredColumn.of(descriptor.get(), layouts.get(i))
              : Optional.empty();
      if (column.isEmpty()) {
        return Optional.of("stored type of a column: type=" + type);
      }
      columns.add(column.get());
    }
    return Optional.empty();
  }

  private static boolean isTime(DataType type) {
    return switch (type.kind()) {
      case DATE, TIMESTAMP, TIMESTAMP_NTZ -> true;
      default -> false;
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.lang.reflect.Field;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.spark.sql.execution.datasources.RecordReaderIterator;
import org.apache.spark.sql.execution.datasources.parquet.SpecificParquetRecordReaderBase;
import org.apache.spark.sql.execution.datasources.parquet.VectorizedParquetRecordReader;

/**
 * Names the private fields of Spark's Parquet reader that are read or replaced. Reflection, because
 * classes from {@code --jars} have another loader than Spark's, so that being in the same package
 * would not help.
 */
enum ReaderFields {
  /** The reader behind an iterator. */
  ROW_READER(RecordReaderIterator.class, "rowReader"),
  /** The batch that is handed out again and again. */
  BATCH(VectorizedParquetRecordReader.class, "columnarBatch"),
  /** The vectors with what the reader knows of their columns. */
  VECTORS(VectorizedParquetRecordReader.class, "columnVectors"),
  /** Most rows of a batch. */
  CAPACITY(VectorizedParquetRecordReader.class, "capacity"),
  /** Columns that the file lacks. */
  MISSING(VectorizedParquetRecordReader.class, "missingColumns"),
  /** How old dates and times are read. */
  REBASE(VectorizedParquetRecordReader.class, "datetimeRebaseMode"),
  /** The columns that are read, as Parquet sees them. */
  COLUMNS(SpecificParquetRecordReaderBase.class, "parquetColumn"),
  /** The columns that were asked for, with their default values. */
  REQUESTED(SpecificParquetRecordReaderBase.class, "sparkRequestedSchema"),
  /** The columns that are read, as a Parquet schema. */
  SCHEMA(SpecificParquetRecordReaderBase.class, "requestedSchema"),
  /** Rows of all row groups of the split. */
  TOTAL_ROWS(SpecificParquetRecordReaderBase.class, "totalRowCount"),
  /** The reader of row groups, which wraps Parquet's own reader. */
  ROW_GROUPS(SpecificParquetRecordReaderBase.class, "reader"),
  /** How a file is read. */
  OPTIONS(ParquetFileReader.class, "options"),
  /** What decompresses pages. */
  CODECS(ParquetReadOptions.class, "codecFactory");

  private final Field field;

  ReaderFields(Class<?> owner, String name) {
    this.field = open(owner, name);
  }

  private static Field open(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(
          "this Spark's Parquet reader is not the known one: class="
              + owner.getName()
              + ", field="
              + name,
          e);
    }
  }

  /** Returns the field's value in {@code owner}. */
  Object of(Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("field is not readable: field=" + field, e);
    }
  }

  /** Replaces the field's value in {@code owner}. */
  void set(Object owner, Object value) {
    try {
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("field is not writable: field=" + field, e);
    }
  }
}

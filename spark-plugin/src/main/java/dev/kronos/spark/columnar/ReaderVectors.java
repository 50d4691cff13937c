// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.memory.MemoryPools;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.sql.catalyst.util.ResolveDefaultColumns;
import org.apache.spark.sql.execution.datasources.parquet.ParquetColumn;
import org.apache.spark.sql.execution.datasources.parquet.VectorizedParquetRecordReader;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Replaces the vectors of a Parquet reader that has been initialised and has read nothing yet. What
 * the reader had set up on its own (missing columns, default values, partition values) is kept.
 */
final class ReaderVectors {
  private static final Constructor<?> COLUMN_VECTOR = columnVectorConstructor();

  private final VectorizedParquetRecordReader reader;
  private final MemoryPools pools;
  private final ColumnarBatch sparkBatch;
  private final Object sparkVectors;
  private final int dataColumns;

  ReaderVectors(VectorizedParquetRecordReader reader, MemoryPools pools) {
    this.reader = reader;
    this.pools = pools;
    this.sparkBatch = (ColumnarBatch) ReaderFields.BATCH.of(reader);
    this.sparkVectors = ReaderFields.VECTORS.of(reader);
    this.dataColumns = Array.getLength(sparkVectors);
  }

  /**
   * Gives the reader vectors of pool memory.
   *
   * @param batchRows most rows of a batch; fewer when all row groups are smaller
   * @throws dev.kronos.KronosException.Exhausted when there is no room; the reader is as before
   */
  void install(int batchRows) {
    int capacity = BatchCapacity.of(reader, batchRows);
    ColumnVector[] vectors = new ColumnVector[sparkBatch.numCols()];
    try {
      Object wrapped = Array.newInstance(sparkVectors.getClass().getComponentType(), dataColumns);
      for (int i = 0; i < dataColumns; i++) {
        PoolColumnVector vector =
            new PoolColumnVector(pools, capacity, sparkBatch.column(i).dataType());
        vectors[i] = vector;
        Array.set(wrapped, i, wrap(i, vector, capacity));
      }
      swap(vectors, wrapped, capacity);
    } catch (RuntimeException e) {
      close(vectors);
      throw e;
    }
  }

  private void swap(ColumnVector[] vectors, Object wrapped, int capacity) {
    for (int i = dataColumns; i < vectors.length; i++) {
      vectors[i] = sparkBatch.column(i);
    }
    ReaderFields.VECTORS.set(reader, wrapped);
    ReaderFields.BATCH.set(reader, new ColumnarBatch(vectors));
    ReaderFields.CAPACITY.set(reader, capacity);
    for (int i = 0; i < dataColumns; i++) {
      sparkBatch.column(i).close();
    }
  }

  private static void close(ColumnVector[] vectors) {
    for (ColumnVector vector : vectors) {
      if (vector instanceof PoolColumnVector) {
        vector.close();
      }
    }
  }

  private Object wrap(int index, WritableColumnVector vector, int capacity) {
    ParquetColumn columns = (ParquetColumn) ReaderFields.COLUMNS.of(reader);
    ParquetColumn column = columns.children().apply(index);
    Object missing = ReaderFields.MISSING.of(reader);
    Object defaultValue = defaultValue(index);
    try {
      // Spark 4.0 also wants to know where to put the levels of nested columns.
      return COLUMN_VECTOR.getParameterCount() == 6
          ? COLUMN_VECTOR.newInstance(column, vector, capacity, missing, true, defaultValue)
          : COLUMN_VECTOR.newInstance(
              column, vector, capacity, MemoryMode.ON_HEAP, missing, true, defaultValue);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a Parquet column vector", e);
    }
  }

  private Object defaultValue(int index) {
    StructType requested = (StructType) ReaderFields.REQUESTED.of(reader);
    return requested == null
        ? null
        : ResolveDefaultColumns.existenceDefaultValues(requested)[index];
  }

  private static Constructor<?> columnVectorConstructor() {
    try {
      Constructor<?> constructor =
          Class.forName(
                  "org.apache.spark.sql.execution.datasources.parquet.ParquetColumnVector",
                  false,
                  VectorizedParquetRecordReader.class.getClassLoader())
              .getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return constructor;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this Spark's Parquet reader is not the known one", e);
    }
  }
}

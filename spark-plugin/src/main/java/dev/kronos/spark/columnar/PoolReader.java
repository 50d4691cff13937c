// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.KronosException;
import dev.kronos.memory.MemoryPools;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.RecordReaderIterator;
import org.apache.spark.sql.execution.datasources.parquet.VectorizedParquetRecordReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * Opens a file with Spark's reader and gives that reader vectors of pool memory. Runs on executors;
 * where one has no device, Spark's vectors stay.
 */
final class PoolReader extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>>
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PoolReader.class);

  // Scala functions serialise; the interface does not say so.
  @SuppressWarnings("serial")
  private final scala.Function1<PartitionedFile, Iterator<InternalRow>> sparkReader;

  private final int batchRows;

  PoolReader(scala.Function1<PartitionedFile, Iterator<InternalRow>> sparkReader, int batchRows) {
    this.sparkReader = sparkReader;
    this.batchRows = batchRows;
  }

  @Override
  public Iterator<InternalRow> apply(PartitionedFile file) {
    Iterator<InternalRow> rows = sparkReader.apply(file);
    Optional<MemoryPools> pools = ExecutorMemory.pools();
    if (pools.isPresent() && rows instanceof RecordReaderIterator<?> iterator) {
      replaceVectors(iterator, pools.get());
    }
    return rows;
  }

  private void replaceVectors(RecordReaderIterator<?> rows, MemoryPools pools) {
    Object reader = ReaderFields.ROW_READER.of(rows);
    if (!(reader instanceof VectorizedParquetRecordReader parquet)) {
      return;
    }
    try {
      new ReaderVectors(parquet, pools).install(batchRows);
    } catch (KronosException.Exhausted e) {
      // Slower, not wrong: operators copy from whatever vectors they get.
      LOG.warn("no pool memory for a scan, so Spark's vectors are used: cause={}", e.getMessage());
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }
}

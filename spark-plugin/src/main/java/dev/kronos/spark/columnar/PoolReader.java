// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.memory.MemoryPools;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.parquet.PageCodecs;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.compression.CompressionCodecFactory;
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

  /** Reasons that were written to the log, so that each is written once. */
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  // Scala functions serialise; the interface does not say so.
  @SuppressWarnings("serial")
  private final scala.Function1<PartitionedFile, Iterator<InternalRow>> sparkReader;

  private final ScanSettings settings;

  PoolReader(
      scala.Function1<PartitionedFile, Iterator<InternalRow>> sparkReader, ScanSettings settings) {
    this.sparkReader = sparkReader;
    this.settings = settings;
  }

  @Override
  public Iterator<InternalRow> apply(PartitionedFile file) {
    Iterator<InternalRow> rows = sparkReader.apply(file);
    Optional<MemoryPools> pools = ExecutorMemory.pools();
    if (pools.isPresent()
        && rows instanceof RecordReaderIterator<?> iterator
        && ReaderFields.ROW_READER.of(rows) instanceof VectorizedParquetRecordReader parquet) {
      PageCodecs codecs = replaceCodecs(parquet);
      Iterator<InternalRow> decoded = decoded(iterator, new DecodableFile(parquet, codecs), file);
      if (decoded != null) {
        return decoded;
      }
      replaceVectors(iterator, parquet, pools.get());
    }
    return rows;
  }

  /** Returns batches that the device decodes, or null where Spark is to decode. */
  private Iterator<InternalRow> decoded(
      RecordReaderIterator<?> rows, DecodableFile decodable, PartitionedFile file) {
    Optional<Kronos> device = KronosExecutor.opened();
    if (device.isEmpty() || !decodes(device.get())) {
      return null;
    }
    Optional<String> reason = decodable.unsupported();
    if (reason.isPresent()) {
      if (SAID.add(reason.get())) {
        LOG.info("the CPU decodes a file: reason={}, file={}", reason.get(), file.urlEncodedPath());
      }
      return null;
    }
    return new DecodedBatches(device.get(), decodable, settings, rows).rows();
  }

  private boolean decodes(Kronos device) {
    return settings
        .deviceDecoding()
        .on(device.device().type(), device.memory().deviceBudgetBytes());
  }

  /** Returns what decompresses the file's pages from now on; nothing does where that is null. */
  private static PageCodecs replaceCodecs(VectorizedParquetRecordReader parquet) {
    return BatchCapacity.file(parquet)
        .map(ReaderFields.OPTIONS::of)
        .map(
            options -> {
              Object before = ReaderFields.CODECS.of(options);
              PageCodecs codecs = new PageCodecs((CompressionCodecFactory) before);
              ReaderFields.CODECS.set(options, codecs);
              return codecs;
            })
        .orElse(null);
  }

  private void replaceVectors(
      RecordReaderIterator<?> rows, VectorizedParquetRecordReader parquet, MemoryPools pools) {
    try {
      new ReaderVectors(parquet, pools).install(settings.batchRows());
    } catch (KronosException.Exhausted e) {
      // Slower, not wrong: operators copy from whatever vectors they get.
      LOG.warn("no pool memory for a scan, so Spark's vectors are used: cause={}", e.getMessage());
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }
}

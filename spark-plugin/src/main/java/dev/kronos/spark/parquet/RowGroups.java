// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.parquet;

import dev.kronos.device.DeviceType;
import dev.kronos.memory.MemoryPools;
import dev.kronos.operator.parquet.ColumnPages;
import dev.kronos.operator.parquet.DeviceDecompression;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/**
 * Reads the row groups of a file, one after the other, as pages. Footer, choice of row groups and
 * decryption are Parquet's own reader's, and so is decompression unless the device does it. Not
 * thread-safe.
 */
public final class RowGroups {
  /** Most bytes of a row group's wanted columns, uncompressed; a batch of it has to fit. */
  private static final long MOST_BYTES = 1L << 30;

  private final ParquetFileReader file;
  private final List<StoredColumn> columns;
  private final PageCodecs codecs;
  private DeviceDecompression onDevice = DeviceDecompression.NONE;
  private DeviceType device;
  private int next;

  /**
   * Creates a reader.
   *
   * @param file a reader that has read nothing yet; stays the caller's
   * @param columns what to read, 1 column or more
   * @param codecs what decompresses that reader's pages
   */
  public RowGroups(ParquetFileReader file, List<StoredColumn> columns, PageCodecs codecs) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.codecs = codecs;
  }

  /** Leaves pages that a kind of device is to decompress as they are. */
  public void decompressOn(DeviceDecompression which, DeviceType kind) {
    if (which != DeviceDecompression.NONE) {
      onDevice = which;
      device = kind;
      codecs.keepCompressed();
    }
  }

  /** Returns why the file's row groups are not to be decoded on the device, or empty. */
  public Optional<String> unsupported() {
    for (BlockMetaData rowGroup : file.getRowGroups()) {
      long sizeBytes = 0;
      for (StoredColumn column : columns) {
        Optional<Encoding> other = column.otherEncoding(rowGroup);
        if (other.isPresent()) {
          return Optional.of("encoding is not decoded: encoding=" + other.get());
        }
        sizeBytes += column.chunk(rowGroup).getTotalUncompressedSize();
      }
      if (sizeBytes > MOST_BYTES || rowGroup.getRowCount() > Integer.MAX_VALUE) {
        return Optional.of("row group is too large: bytes=" + sizeBytes);
      }
    }
    return Optional.empty();
  }

  /**
   * Reads the next row group that has rows.
   *
   * @param pools where pages are kept; stay the caller's
   * @return the pages of each column, which the caller closes, or empty at the end
   * @throws dev.kronos.KronosException.InvalidArgument when a page is damaged
   * @throws dev.kronos.KronosException.Exhausted when there is no room
   */
  public Optional<List<ColumnPages>> read(MemoryPools pools) {
    try {
      while (next < file.getRowGroups().size()) {
        BlockMetaData rowGroup = file.getRowGroups().get(next++);
        try (PageReadStore pages = file.readNextRowGroup()) {
          if (pages != null && pages.getRowCount() > 0) {
            return Optional.of(columns(pools, rowGroup, pages));
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ColumnPages> columns(MemoryPools pools, BlockMetaData rowGroup, PageReadStore pages)
      throws IOException {
    List<ColumnPages> read = new ArrayList<>(columns.size());
    try {
      for (StoredColumn column : columns) {
        long expectedBytes = column.chunk(rowGroup).getTotalUncompressedSize();
        ColumnPages into =
            new ColumnPages(pools, column.layout(), column.physical(), expectedBytes);
        read.add(into);
        if (onDevice != DeviceDecompression.NONE) {
          into.decompressOn(onDevice, device, column.chunk(rowGroup).getTotalSize());
        }
        new ChunkPages(column, pages.getPageReader(column.descriptor()), codecs).readInto(into);
      }
      return read;
    } catch (IOException | RuntimeException e) {
      read.forEach(ColumnPages::close);
      throw e;
    }
  }
}

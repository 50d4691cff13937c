// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.parquet;

import dev.kronos.KronosException;
import dev.kronos.operator.parquet.ColumnPages;
import dev.kronos.operator.parquet.PageValues;
import dev.kronos.operator.parquet.SnappyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;

/** Takes the pages of one column of one row group apart: levels here, values there. */
final class ChunkPages {
  private static final ByteBufferAllocator HEAP = new HeapByteBufferAllocator();

  private final StoredColumn column;
  private final PageReader reader;
  private final PageCodecs codecs;

  ChunkPages(StoredColumn column, PageReader reader, PageCodecs codecs) {
    this.column = column;
    this.reader = reader;
    this.codecs = codecs;
  }

  void readInto(ColumnPages pages) throws IOException {
    DictionaryPage dictionary = reader.readDictionaryPage();
    if (dictionary != null) {
      addDictionary(pages, dictionary);
    }
    for (DataPage page = reader.readPage(); page != null; page = reader.readPage()) {
      if (page instanceof DataPageV1 old) {
        addFirst(pages, old);
      } else {
        addSecond(pages, (DataPageV2) page);
      }
    }
  }

  private void addDictionary(ColumnPages pages, DictionaryPage page) throws IOException {
    int entries = page.getDictionarySize();
    Optional<SnappyBytes> kept = codecs.kept(page.getBytes());
    if (kept.isPresent() && pages.takes(PageValues.Encoding.PLAIN, kept.get(), entries)) {
      pages.addDictionary(kept.get(), entries);
    } else {
      pages.addDictionary(bytes(page.getBytes()), entries);
    }
  }

  private void addFirst(ColumnPages pages, DataPageV1 page) throws IOException {
    int rows = page.getValueCount();
    PageValues.Encoding encoding = encoding(page.getValueEncoding());
    Optional<SnappyBytes> kept = codecs.kept(page.getBytes());
    if (kept.isEmpty() || !pages.takes(encoding, kept.get(), rows)) {
      pages.addPage(first(page));
    } else if (hasLevels()) {
      requireRuns(page);
      int end = levelsEnd(kept.get().first(Integer.BYTES), kept.get().sizeBytes());
      ByteBuffer levels = kept.get().first(end).position(Integer.BYTES);
      pages.addPage(rows, levels, encoding, kept.get().from(end));
    } else {
      pages.addPage(rows, null, encoding, kept.get());
    }
  }

  private void addSecond(ColumnPages pages, DataPageV2 page) throws IOException {
    PageValues.Encoding encoding = encoding(page.getDataEncoding());
    Optional<SnappyBytes> kept = codecs.kept(page.getData());
    if (kept.isPresent() && pages.takes(encoding, kept.get(), page.getRowCount())) {
      pages.addPage(page.getRowCount(), levels(page), encoding, kept.get());
    } else {
      pages.addPage(
          new PageValues(page.getRowCount(), levels(page), encoding, bytes(page.getData())));
    }
  }

  private boolean hasLevels() {
    return column.descriptor().getMaxDefinitionLevel() > 0;
  }

  private PageValues first(DataPageV1 page) throws IOException {
    ByteBuffer bytes = bytes(page.getBytes());
    ByteBuffer levels = null;
    if (hasLevels()) {
      requireRuns(page);
      int start = bytes.position();
      int end = start + levelsEnd(bytes, bytes.remaining());
      levels = bytes.duplicate().limit(end).position(start + Integer.BYTES);
      bytes = bytes.duplicate().position(end);
    }
    return new PageValues(page.getValueCount(), levels, encoding(page.getValueEncoding()), bytes);
  }

  private void requireRuns(DataPageV1 page) {
    if (page.getDlEncoding() != Encoding.RLE) {
      throw unsupported(page.getDlEncoding());
    }
  }

  /** Returns where levels end that stand, with their length before them, at a page's start. */
  private static int levelsEnd(ByteBuffer start, int pageBytes) {
    int end = Integer.BYTES + start.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (end < Integer.BYTES || end > pageBytes) {
      throw new KronosException.InvalidArgument(
          KronosException.message("page ends inside of its levels", "end", end));
    }
    return end;
  }

  private ByteBuffer levels(DataPageV2 page) {
    return hasLevels() && page.getNullCount() > 0 ? heap(page.getDefinitionLevels()) : null;
  }

  private ByteBuffer bytes(BytesInput input) throws IOException {
    return heap(codecs.decompressed(input));
  }

  /** Returns bytes in the heap, where nobody has to give them back. */
  private static ByteBuffer heap(BytesInput input) {
    return input.toByteBuffer(HEAP, released -> {});
  }

  private PageValues.Encoding encoding(Encoding encoding) {
    return switch (encoding) {
      case PLAIN -> PageValues.Encoding.PLAIN;
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> PageValues.Encoding.DICTIONARY;
      case RLE -> PageValues.Encoding.RUNS;
      default -> throw unsupported(encoding);
    };
  }

  private KronosException unsupported(Encoding encoding) {
    return new KronosException.Unsupported(
        KronosException.message(
            "page encoding is not decoded on the device, turn"
                + " spark.kronos.sql.parquet.deviceDecoding off",
            "encoding",
            encoding,
            "column",
            column.descriptor()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.parquet;

import dev.kronos.KronosException;
import dev.kronos.operator.parquet.ColumnPages;
import dev.kronos.operator.parquet.PageValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  ChunkPages(StoredColumn column, PageReader reader) {
    this.column = column;
    this.reader = reader;
  }

  void readInto(ColumnPages pages) throws IOException {
    DictionaryPage dictionary = reader.readDictionaryPage();
    if (dictionary != null) {
      pages.addDictionary(bytes(dictionary.getBytes()), dictionary.getDictionarySize());
    }
    for (DataPage page = reader.readPage(); page != null; page = reader.readPage()) {
      pages.addPage(page instanceof DataPageV1 old ? first(old) : second((DataPageV2) page));
    }
  }

  private boolean hasLevels() {
    return column.descriptor().getMaxDefinitionLevel() > 0;
  }

  private PageValues first(DataPageV1 page) throws IOException {
    ByteBuffer bytes = bytes(page.getBytes());
    ByteBuffer levels = null;
    if (hasLevels()) {
      if (page.getDlEncoding() != Encoding.RLE) {
        throw unsupported(page.getDlEncoding());
      }
      int start = bytes.position() + Integer.BYTES;
      int end = start + bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (end < start || end > bytes.limit()) {
        throw new KronosException.InvalidArgument(
            KronosException.message("page ends inside of its levels", "end", end));
      }
      levels = bytes.duplicate().limit(end).position(start);
      bytes = bytes.duplicate().position(end);
    }
    return new PageValues(page.getValueCount(), levels, encoding(page.getValueEncoding()), bytes);
  }

  private PageValues second(DataPageV2 page) throws IOException {
    boolean levels = hasLevels() && page.getNullCount() > 0;
    return new PageValues(
        page.getRowCount(),
        levels ? bytes(page.getDefinitionLevels()) : null,
        encoding(page.getDataEncoding()),
        bytes(page.getData()));
  }

  /** Returns bytes in the heap, where nobody has to give them back. */
  private static ByteBuffer bytes(BytesInput input) {
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

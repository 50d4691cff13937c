// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.parquet;

import dev.kronos.operator.parquet.SnappyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Decompresses pages of Snappy in one step from array to array. Parquet's own way goes through a
 * stream of Hadoop's, which asks the configuration for a buffer size for each page and copies what
 * was decompressed twice more; in scans of TPC-H that was a fifth of the processor's time. Other
 * codecs are left to the factory that is given.
 *
 * <p>Where the device decompresses, pages of Snappy are given as they are ({@link
 * #keepCompressed}), and {@link #kept} tells of the last one whether it is. Belongs to the reader
 * of one file, and to its thread.
 */
public final class PageCodecs implements CompressionCodecFactory {
  private final CompressionCodecFactory others;
  private final SnappyPages snappy = new SnappyPages();

  /**
   * Creates a factory.
   *
   * @param others serves all but Snappy; released with this one
   */
  public PageCodecs(CompressionCodecFactory others) {
    this.others = others;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return others.getCompressor(codec);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return codec == CompressionCodecName.SNAPPY ? snappy : others.getDecompressor(codec);
  }

  @Override
  public void release() {
    others.release();
  }

  /** Gives pages of Snappy as they are from now on. */
  public void keepCompressed() {
    snappy.keeps = true;
  }

  /**
   * Returns a page that was given as it is, the last one; empty for any other.
   *
   * @param page what the reader got for the page
   * @throws IOException when its bytes are not to be had
   * @throws dev.kronos.KronosException.InvalidArgument when it has another size than its header
   *     says
   */
  Optional<SnappyBytes> kept(BytesInput page) throws IOException {
    return page == snappy.kept
        ? Optional.of(SnappyBytes.of(whole(page), snappy.keptBytes))
        : Optional.empty();
  }

  /** Returns the bytes of a page, decompressed if it was given as it is. */
  BytesInput decompressed(BytesInput page) throws IOException {
    return page == snappy.kept ? snappy.decompressed(page, snappy.keptBytes) : page;
  }

  private static ByteBuffer whole(BytesInput page) throws IOException {
    return page.toInputStream().slice(Math.toIntExact(page.size()));
  }

  /** Decompresses pages, or remembers the last one instead. */
  private static final class SnappyPages implements BytesInputDecompressor {
    private boolean keeps;
    private BytesInput kept;
    private int keptBytes;

    @Override
    public BytesInput decompress(BytesInput page, int sizeBytes) throws IOException {
      kept = keeps && page.size() > 0 ? page : null;
      keptBytes = sizeBytes;
      return kept == null ? decompressed(page, sizeBytes) : page;
    }

    private BytesInput decompressed(BytesInput page, int sizeBytes) throws IOException {
      return BytesInput.from(bytes(whole(page), sizeBytes));
    }

    @Override
    public void decompress(ByteBuffer page, int pageBytes, ByteBuffer target, int sizeBytes)
        throws IOException {
      target.put(bytes(page.slice().limit(pageBytes), sizeBytes));
      page.position(page.position() + pageBytes);
    }

    private static byte[] bytes(ByteBuffer page, int sizeBytes) throws IOException {
      int count = page.remaining();
      if (count == 0 && sizeBytes == 0) {
        // Parquet's compressor writes nothing for nothing, which is no Snappy.
        return new byte[0];
      }
      if (page.hasArray()) {
        return bytes(page.array(), page.arrayOffset() + page.position(), count, sizeBytes);
      }
      byte[] copy = new byte[count];
      page.get(copy);
      return bytes(copy, 0, count, sizeBytes);
    }

    private static byte[] bytes(byte[] page, int from, int count, int sizeBytes)
        throws IOException {
      int found = Snappy.uncompressedLength(page, from, count);
      if (found != sizeBytes) {
        // Native code would write beyond the target.
        throw new IOException(
            "page has another size than its header says: found=" + found + ", header=" + sizeBytes);
      }
      byte[] target = new byte[sizeBytes];
      Snappy.uncompress(page, from, count, target, 0);
      return target;
    }

    @Override
    public void release() {
      // Nothing is held.
    }
  }
}

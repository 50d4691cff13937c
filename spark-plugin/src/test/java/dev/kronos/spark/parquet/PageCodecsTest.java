// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.operator.parquet.SnappyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageCodecsTest {
  private final CompressionCodecFactory parquet = new CodecFactory(new Configuration(false), 0);
  private final PageCodecs codecs = new PageCodecs(parquet);

  /** Random words of few values, so that there is something to compress. */
  private static byte[] page(int sizeBytes) {
    byte[] page = new byte[sizeBytes];
    Random random = new Random(sizeBytes);
    for (int i = 0; i < sizeBytes; i++) {
      page[i] = (byte) (random.nextInt(4) * 31);
    }
    return page;
  }

  private static byte[] bytes(BytesInput input) throws IOException {
    return input.toInputStream().readAllBytes();
  }

  private byte[] compressed(CompressionCodecName codec, byte[] page) throws IOException {
    return bytes(parquet.getCompressor(codec).compress(BytesInput.from(page)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 4_096, 1_000_003})
  void pagesOfSnappyAreWhatParquetWrote(int sizeBytes) throws IOException {
    byte[] page = page(sizeBytes);
    byte[] compressed = compressed(CompressionCodecName.SNAPPY, page);
    BytesInputDecompressor snappy = codecs.getDecompressor(CompressionCodecName.SNAPPY);

    byte[] shifted = new byte[compressed.length + 7];
    System.arraycopy(compressed, 0, shifted, 3, compressed.length);
    BytesInput inside = BytesInput.from(ByteBuffer.wrap(shifted, 3, compressed.length).slice());
    assertThat(bytes(snappy.decompress(BytesInput.from(compressed), sizeBytes))).isEqualTo(page);
    assertThat(bytes(snappy.decompress(inside, sizeBytes))).isEqualTo(page);

    ByteBuffer direct = ByteBuffer.allocateDirect(compressed.length).put(compressed).flip();
    ByteBuffer target = ByteBuffer.allocateDirect(sizeBytes);
    snappy.decompress(direct, compressed.length, target, sizeBytes);
    byte[] found = new byte[sizeBytes];
    target.flip().get(found);
    assertThat(found).isEqualTo(page);
    assertThat(direct.remaining()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "GZIP", "ZSTD"})
  void otherCodecsStayParquets(CompressionCodecName codec) throws IOException {
    byte[] page = page(10_000);
    byte[] compressed = compressed(codec, page);
    BytesInputDecompressor decompressor = codecs.getDecompressor(codec);
    assertThat(decompressor).isSameAs(parquet.getDecompressor(codec));
    assertThat(bytes(decompressor.decompress(BytesInput.from(compressed), page.length)))
        .isEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9_999, 10_001, 1_000_000})
  void aPageOfAnotherSizeIsRefused(int sizeBytes) throws IOException {
    byte[] compressed = compressed(CompressionCodecName.SNAPPY, page(10_000));
    BytesInputDecompressor snappy = codecs.getDecompressor(CompressionCodecName.SNAPPY);
    assertThatThrownBy(() -> snappy.decompress(BytesInput.from(compressed), sizeBytes))
        .isInstanceOf(IOException.class)
        .hasMessage("page has another size than its header says: found=10000, header=" + sizeBytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100})
  void aPageThatEndsEarlyIsRefused(int kept) throws IOException {
    byte[] compressed = Arrays.copyOf(compressed(CompressionCodecName.SNAPPY, page(10_000)), kept);
    BytesInputDecompressor snappy = codecs.getDecompressor(CompressionCodecName.SNAPPY);
    assertThatThrownBy(() -> snappy.decompress(BytesInput.from(compressed), 10_000))
        .isInstanceOf(IOException.class);
  }

  @Test
  void keptPagesAreGivenAsTheyAre() throws IOException {
    byte[] page = page(10_000);
    BytesInput compressed = BytesInput.from(compressed(CompressionCodecName.SNAPPY, page));
    BytesInputDecompressor snappy = codecs.getDecompressor(CompressionCodecName.SNAPPY);
    assertThat(codecs.kept(snappy.decompress(compressed, page.length))).isEmpty();

    codecs.keepCompressed();
    BytesInput given = snappy.decompress(compressed, page.length);
    assertThat(given).isSameAs(compressed);
    SnappyBytes kept = codecs.kept(given).orElseThrow();
    byte[] found = new byte[page.length];
    kept.first(page.length).get(found);
    assertThat(found).isEqualTo(page);
    assertThat(bytes(codecs.decompressed(given))).isEqualTo(page);

    BytesInput other = BytesInput.from(page);
    assertThat(codecs.kept(other)).isEmpty();
    assertThat(codecs.decompressed(other)).isSameAs(other);
    BytesInput nothing = BytesInput.empty();
    assertThat(codecs.kept(snappy.decompress(nothing, 0))).isEmpty();
    snappy.decompress(compressed, 9_999);
    assertThatThrownBy(() -> codecs.kept(compressed))
        .isInstanceOf(KronosException.InvalidArgument.class);
  }
}

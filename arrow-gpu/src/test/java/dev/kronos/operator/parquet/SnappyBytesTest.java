// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.kernels.twin.SnappyPages;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnappyBytesTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  private final Random random = new Random(SEED);

  private static SnappyBytes page(byte[] tags, int sizeBytes) {
    return SnappyBytes.of(ByteBuffer.wrap(SnappyWriter.withLength(tags, sizeBytes)), sizeBytes);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 127, 128, 500})
  void firstBytesEqualThoseOfTheTwin(int sizeBytes) {
    byte[] tags = SnappyWriter.random(random, sizeBytes);
    byte[] expected = new byte[sizeBytes];
    assertThat(SnappyPages.decompress(tags, expected)).isZero();
    SnappyBytes page = page(tags, sizeBytes);
    for (int count = 0; count <= sizeBytes; count++) {
      assertThat(bytes(page.first(count)))
          .as("seed=%d count=%d", SEED, count)
          .isEqualTo(Arrays.copyOf(expected, count));
    }
    assertThatThrownBy(() -> page.first(sizeBytes + 1))
        .isInstanceOf(KronosException.InvalidArgument.class);
    assertThatThrownBy(() -> page.from(sizeBytes + 1))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageContaining("inside of its levels");
  }

  @Test
  void damageIsFoundAsByTheTwin() {
    for (int i = 0; i < 2000; i++) {
      int sizeBytes = 1 + random.nextInt(60);
      byte[] tags = SnappyWriter.random(random, sizeBytes);
      tags[random.nextInt(tags.length)] = (byte) random.nextInt(256);
      byte[] page = Arrays.copyOf(tags, 1 + random.nextInt(tags.length));
      byte[] expected = new byte[sizeBytes];
      int damage = SnappyPages.decompress(page, expected);
      String text = String.format("seed=%d page=%s", SEED, Arrays.toString(page));
      SnappyBytes bytes = page(page, sizeBytes);
      if (damage == 0) {
        assertThat(bytes(bytes.first(sizeBytes))).as(text).isEqualTo(expected);
      } else if (damage == SnappyPages.TOO_SHORT || damage == SnappyPages.OFFSET) {
        // A tag may reach beyond the bytes that are wanted, which is for the device to find.
        assertThatThrownBy(() -> bytes.first(sizeBytes))
            .as(text)
            .isInstanceOf(KronosException.InvalidArgument.class)
            .hasMessageContaining("compressed page");
      }
    }
  }

  @Test
  void anotherLengthIsRefused() {
    byte[] page = SnappyWriter.withLength(SnappyWriter.compress(new byte[300]), 300);
    for (int sizeBytes : new int[] {0, 299, 301, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> SnappyBytes.of(ByteBuffer.wrap(page), sizeBytes))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("page has another size than its header says: found=300, header=" + sizeBytes);
    }
    for (byte[] endless : new byte[][] {{}, {-1}, {-1, -1, -1, -1, -1, -1}}) {
      assertThatThrownBy(() -> SnappyBytes.of(ByteBuffer.wrap(endless), 5))
          .isInstanceOf(KronosException.InvalidArgument.class);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static ByteBuffer image(Arguments arguments) {
    byte[] bytes = new byte[arguments.paddedBytes()];
    arguments.copyTo(bytes, 0);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void valuesLieAtMultiplesOfTheirSizes() {
    Arguments arguments =
        Arguments.builder().putInt(1).putLong(2).putInt(3).putDouble(4).putFloat(5).putInt(6);
    assertThat(arguments.sizeBytes()).isEqualTo(40);
    ByteBuffer image = image(arguments);
    assertThat(image.getInt(0)).isEqualTo(1);
    assertThat(image.getLong(8)).isEqualTo(2);
    assertThat(image.getInt(16)).isEqualTo(3);
    assertThat(image.getDouble(24)).isEqualTo(4);
    assertThat(image.getFloat(32)).isEqualTo(5);
    assertThat(image.getInt(36)).isEqualTo(6);
  }

  @Test
  void bytesAreUnalignedAndTheTableIsPaddedWithZeros() {
    Arguments arguments = Arguments.builder().putBytes(new byte[] {1, 2, 3}).align(4).putInt(-1);
    assertThat(arguments.putBytes(new byte[] {9}).sizeBytes()).isEqualTo(9);
    assertThat(image(arguments).array())
        .containsExactly(1, 2, 3, 0, -1, -1, -1, -1, 9, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void clearedTableIsAsNew() {
    Arguments arguments = Arguments.builder().putBytes(new byte[] {7, 7, 7, 7, 7, 7, 7, 7});
    arguments.clear().putBytes(new byte[] {1}).putInt(2);
    assertThat(image(arguments).array()).containsExactly(1, 0, 0, 0, 2, 0, 0, 0);
  }

  @Test
  void growsToAnySize() {
    Arguments arguments = Arguments.builder();
    for (int i = 0; i < 50_000; i++) {
      arguments.putInt(i);
    }
    ByteBuffer image = image(arguments);
    for (int i = 0; i < 50_000; i++) {
      assertThat(image.getInt(4 * i)).isEqualTo(i);
    }
  }

  @Test
  void wrongAlignmentIsRefused() {
    for (int alignment : new int[] {0, -1, 3, 512}) {
      assertThatThrownBy(() -> Arguments.builder().align(alignment))
          .isInstanceOf(KronosException.InvalidArgument.class);
    }
  }
}

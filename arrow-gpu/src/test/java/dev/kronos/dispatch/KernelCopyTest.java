// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import org.junit.jupiter.api.Test;

class KernelCopyTest {

  private static final int SIZE_BYTES = 1 << 20;

  @Test
  void copiesAnyRangeWithAKernel() {
    try (OpenKronos open = new OpenKronos();
        DeviceBuffer a = open.kronos().memory().allocate(Pool.DEVICE, SIZE_BYTES);
        DeviceBuffer b = open.kronos().memory().allocate(Pool.DEVICE, SIZE_BYTES);
        Stream stream = open.kronos().newStream()) {
      Kronos kronos = open.kronos();
      KernelCopy copy = new KernelCopy(() -> kronos.kernels().named("memory/copy"), 65_535);
      stream.fill(a, 0, SIZE_BYTES, 0x01020304).fill(b, 0, SIZE_BYTES, 0);
      // The last byte of the target is left out.
      Access from = Access.reads(a, 4, SIZE_BYTES - 9);
      Access to = Access.writes(b, 8, SIZE_BYTES - 9);
      assertThat(KernelCopy.suits(from, to)).isTrue();
      stream.dispatch(copy.of(from, to)).submit().await();
      int[] words = TestKernels.read(kronos, b);
      assertThat(words[1]).isZero();
      assertThat(words[2]).isEqualTo(0x01020304);
      assertThat(words[words.length - 2]).isEqualTo(0x01020304);
      assertThat(words[words.length - 1]).isEqualTo(0x00020304);
    }
  }

  @Test
  void smallAndHostCopiesAreTheDrivers() {
    try (OpenKronos open = new OpenKronos();
        DeviceBuffer device = open.kronos().memory().allocate(Pool.DEVICE, SIZE_BYTES);
        DeviceBuffer host = open.kronos().memory().allocate(Pool.UPLOAD, SIZE_BYTES)) {
      assertThat(KernelCopy.suits(Access.reads(device, 0, 64), Access.writes(device, 64, 64)))
          .isFalse();
      assertThat(KernelCopy.suits(Access.reads(host), Access.writes(device))).isFalse();
    }
  }
}

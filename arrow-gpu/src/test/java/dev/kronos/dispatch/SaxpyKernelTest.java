// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.kernels.twin.Vectors;
import dev.kronos.memory.DeviceBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaxpyKernelTest {

  private static final float A = 1.7f;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 1023, 1024, 1025, 4095, 4096, 4097, 20_485, (1 << 17) + 3})
  void equalsTheTwinWithAnyNumberOfWorkgroups(int count) {
    float[] x = floats(count, 1);
    float[] y = floats(count, 2);
    float[] expected = Vectors.saxpy(A, x, y);
    try (DeviceArrays arrays = new DeviceArrays()) {
      for (int workgroups : new int[] {1, 3, (count + 4095) / 4096 + 1}) {
        DeviceBuffer source = arrays.of(x);
        DeviceBuffer target = arrays.of(y);
        Arguments arguments = Arguments.builder().putAddress(source).putAddress(target).putFloat(A);
        List<Access> accesses = List.of(Access.reads(source), Access.updates(target));
        arrays.run("blas/saxpy", arguments, accesses, DeviceArrays.Run.of(workgroups, count));
        assertThat(arrays.floats(target)).isEqualTo(expected);
      }
    }
  }

  private static float[] floats(int count, int seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

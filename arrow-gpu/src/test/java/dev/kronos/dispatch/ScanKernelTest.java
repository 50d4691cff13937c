// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.kernels.twin.Scans;
import dev.kronos.memory.DeviceBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("subgroups")
class ScanKernelTest {

  private static final int TILE = 2048;
  private static final int WITH_TOTAL = 1;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2047, 2048, 2049, 65_535, 65_536, 65_537, 600_001})
  void scansOf32BitsEqualTheTwin(int count) {
    int[] values = new Random(count).ints(count).toArray();
    try (DeviceArrays arrays = new DeviceArrays()) {
      DeviceBuffer source = arrays.of(values);
      DeviceBuffer target = arrays.of(new int[count + 1]);
      DeviceBuffer total = scan(arrays, "uint32", new DeviceBuffer[] {source, target}, count);
      assertThat(arrays.ints(target)).isEqualTo(Scans.exclusive(values));
      long sum = Arrays.stream(values).mapToLong(Integer::toUnsignedLong).sum();
      assertThat(arrays.longs(total)).containsExactly(sum);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2047, 2048, 2049, 65_537})
  void scansOf64BitsEqualTheTwinInPlace(int count) {
    long[] values = new Random(count).longs(count).toArray();
    try (DeviceArrays arrays = new DeviceArrays()) {
      DeviceBuffer both = arrays.of(Arrays.copyOf(values, count + 1));
      DeviceBuffer total = scan(arrays, "uint64", new DeviceBuffer[] {both, both}, count);
      long[] expected = Scans.exclusive(values);
      assertThat(arrays.longs(both)).isEqualTo(expected);
      assertThat(arrays.longs(total)).containsExactly(expected[count]);
    }
  }

  private static DeviceBuffer scan(
      DeviceArrays arrays, String type, DeviceBuffer[] sourceAndTarget, int count) {
    int tiles = (count + TILE - 1) / TILE;
    DeviceBuffer partials = arrays.of(new long[tiles]);
    DeviceBuffer total = arrays.of(-1L);
    Arguments arguments =
        Arguments.builder()
            .putAddress(sourceAndTarget[0])
            .putAddress(partials)
            .putAddress(sourceAndTarget[1])
            .putAddress(total);
    Access read = Access.reads(sourceAndTarget[0]);
    Access write = Access.updates(sourceAndTarget[1]);
    Access both = Access.updates(partials);
    DeviceArrays.Run run = new DeviceArrays.Run(Math.max(1, tiles), count, WITH_TOTAL);
    arrays.run("scan/reduce_" + type, arguments, List.of(read, both), run);
    arrays.run("scan/spine", arguments, List.of(both, Access.writes(total)), run);
    arrays.run("scan/tiles_" + type, arguments, List.of(read, both, write), run);
    return total;
  }
}

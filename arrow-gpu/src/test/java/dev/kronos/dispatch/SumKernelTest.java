// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.kernels.KernelCatalog;
import dev.kronos.kernels.twin.TreeSum;
import dev.kronos.memory.DeviceBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("subgroups")
class SumKernelTest {

  private static final int TILE = TreeSum.TILE_ELEMENTS;

  private static DeviceArrays arrays;

  @BeforeAll
  static void open() {
    arrays = new DeviceArrays();
  }

  @AfterAll
  static void close() {
    arrays.close();
  }

  @AfterEach
  void clear() {
    arrays.clear();
  }

  static int[] counts() {
    return new int[] {
      0,
      1,
      2,
      3,
      4,
      5,
      7,
      255,
      256,
      257,
      1023,
      1024,
      1025,
      8191,
      8192,
      8193,
      TILE - 1,
      TILE,
      TILE + 1,
      TILE + 5,
      3 * TILE - 2,
      (1 << 17) - 1,
      1 << 17,
      (1 << 17) + 1,
      40 * TILE + 11
    };
  }

  @ParameterizedTest
  @MethodSource("counts")
  void floatsAreSummedInDoublesInTheOrderOfTheTwin(int count) {
    float[] values = new float[count];
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.scalb(random.nextGaussian(), random.nextInt(60) - 30);
    }
    DeviceBuffer sum = sum("float32", "float64", arrays.of(values), count);
    assertThat(arrays.doubles(sum)[0]).isEqualTo(TreeSum.of(values));
  }

  @ParameterizedTest
  @MethodSource("counts")
  void doublesAreSummedInTheOrderOfTheTwin(int count) {
    double[] values = new double[count];
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      values[i] = Math.scalb(random.nextGaussian(), random.nextInt(200) - 100);
    }
    DeviceBuffer sum = sum("float64", "float64", arrays.of(values), count);
    assertThat(arrays.doubles(sum)[0]).isEqualTo(TreeSum.of(values));
  }

  @ParameterizedTest
  @MethodSource("counts")
  void intsAreSummedInLongs(int count) {
    int[] values = new Random(count).ints(count).toArray();
    DeviceBuffer sum = sum("int32", "int64", arrays.of(values), count);
    assertThat(arrays.longs(sum)[0]).isEqualTo(Arrays.stream(values).asLongStream().sum());
  }

  @ParameterizedTest
  @MethodSource("counts")
  void longsWrap(int count) {
    long[] values = new Random(count).longs(count).toArray();
    DeviceBuffer sum = sum("int64", "int64", arrays.of(values), count);
    assertThat(arrays.longs(sum)[0]).isEqualTo(LongStream.of(values).sum());
  }

  @Test
  void numberOfWorkgroupsDoesNotMatter() {
    int count = 5 * TILE + 3;
    double[] values = new Random(1).doubles(count).toArray();
    DeviceBuffer source = arrays.of(values);
    double[] first = null;
    for (int workgroups : new int[] {1, 2, 5, 6, 9}) {
      DeviceBuffer sums = arrays.of(new double[6]);
      pass("float64", source, sums, DeviceArrays.Run.of(workgroups, count));
      double[] found = arrays.doubles(sums);
      first = first == null ? found : first;
      assertThat(found).isEqualTo(first);
    }
  }

  @Test
  void specialValuesGoThrough() {
    double[] values = new double[TILE];
    values[5] = Double.POSITIVE_INFINITY;
    DeviceBuffer infinite = sum("float64", "float64", arrays.of(values), TILE);
    assertThat(arrays.doubles(infinite)[0]).isEqualTo(Double.POSITIVE_INFINITY);
    values[TILE - 1] = Double.NEGATIVE_INFINITY;
    DeviceBuffer none = sum("float64", "float64", arrays.of(values), TILE);
    assertThat(arrays.doubles(none)[0]).isNaN();
  }

  @Test
  void twinHasTheTilesOfTheKernel() {
    KernelCatalog catalog = KernelCatalog.load();
    assertThat(catalog.spec("reduce/sum_float32").macros())
        .containsEntry("TILE_ELEMENTS", Integer.toString(TILE));
  }

  /** Runs passes until one element is left. */
  private static DeviceBuffer sum(String first, String others, DeviceBuffer source, int count) {
    DeviceBuffer sums = arrays.of(new double[tiles(count)]);
    pass(first, source, sums, DeviceArrays.Run.of(tiles(count), count));
    return tiles(count) == 1 ? sums : sum(others, others, sums, tiles(count));
  }

  private static int tiles(int count) {
    return Math.max(1, (count + TILE - 1) / TILE);
  }

  private static void pass(
      String type, DeviceBuffer source, DeviceBuffer target, DeviceArrays.Run run) {
    Arguments arguments = Arguments.builder().putAddress(source).putAddress(target);
    List<Access> accesses = List.of(Access.reads(source), Access.writes(target));
    arrays.run("reduce/sum_" + type, arguments, accesses, run);
  }
}

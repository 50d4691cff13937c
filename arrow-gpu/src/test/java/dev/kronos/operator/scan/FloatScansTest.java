// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kronos.DeviceExtension;
import dev.kronos.column.BufferSlice;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.kernels.KernelCatalog;
import dev.kronos.kernels.twin.FloatSums;
import dev.kronos.operator.scan.LookBackFloats.Trial;
import dev.kronos.operator.scan.LookBackScan.Help;
import dev.kronos.operator.scan.RunningScan.Operation;
import dev.kronos.operator.scan.RunningScan.Reach;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds running sums of floats against their twin, bit by bit, by passes and looking back. */
@Tag("subgroups")
class FloatScansTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  /** One workgroup repairs all; lavapipe 22.3 ends its loops, checks' too, after 65,535 turns. */
  private static final int MOST_REPAIRED = 600_000;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  /** Floats of all sizes, the least among them, and where asked for ones that are no numbers. */
  private static float[] floats(int count, float... odd) {
    Random random = new Random(SEED);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int bits = random.nextInt();
      values[i] = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(270) - 149));
      values[i] = bits % 3 == 0 ? Float.intBitsToFloat(bits & 0x807F_FFFF) : values[i];
      values[i] = Float.isFinite(values[i]) ? values[i] : -0.0f;
    }
    System.arraycopy(odd, 0, values, count / 2, odd.length);
    return values;
  }

  /** Records running sums of floats. */
  private interface Sums {
    void record(Stream stream, Reach reach, BufferSlice source, BufferSlice target);
  }

  private static final Sums PASSES =
      (stream, reach, source, target) ->
          new RunningScan(open.kronos())
              .record(
                  stream, new RunningScan.Task(Operation.SUM_FLOAT32, reach, 0), source, target);

  /** Looks back where the device can run the kernel, whatever its profile says. */
  private static List<Sums> ways(int count) {
    List<Sums> ways = new ArrayList<>(List.of(PASSES));
    if (count <= MOST_REPAIRED && LookBackFloats.runs(open.kronos().device())) {
      LookBackFloats floats = new LookBackFloats(open.kronos());
      for (Help help : Help.values()) {
        ways.add((stream, reach, from, to) -> floats.record(stream, reach, from, to, help));
      }
    }
    return ways;
  }

  /** Runs through floats into another buffer, by twos in a long; both begin at an offset. */
  private static float[] runningFloats(Sums sums, Reach reach, int offset, float... values) {
    int places = offset + values.length;
    int[] bits = new int[places + places % 2];
    for (int i = 0; i < values.length; i++) {
      bits[offset + i] = Float.floatToRawIntBits(values[i]);
    }
    long first = (long) offset * Float.BYTES;
    long sizeBytes = (long) values.length * Float.BYTES;
    long[] pairs =
        DeviceScan.run(
            open.kronos(),
            DeviceScan.pairs(bits),
            0,
            (stream, from, to) -> {
              try (BufferSlice source = BufferSlice.shared(from, first, sizeBytes);
                  BufferSlice target = BufferSlice.shared(to, first, sizeBytes)) {
                sums.record(stream, reach, source, target);
              }
            });
    float[] results = new float[values.length];
    for (int i = 0; i < results.length; i++) {
      int place = offset + i;
      results[i] = Float.intBitsToFloat((int) (pairs[place / 2] >>> (place % 2 * Integer.SIZE)));
    }
    return results;
  }

  /** Compares bits of all but NaN, of which any is as good in the twin. */
  private static void checkFloats(float... values) {
    String what = "count=" + values.length + " seed=" + SEED;
    float[] after = FloatSums.inclusive(values);
    float[] before = FloatSums.exclusive(values);
    int offset = values.length % 5 * 2;
    for (Sums sums : ways(values.length)) {
      assertThat(runningFloats(sums, Reach.INCLUSIVE, offset, values)).as(what).isEqualTo(after);
      assertThat(runningFloats(sums, Reach.EXCLUSIVE, offset, values)).as(what).isEqualTo(before);
    }
  }

  @Test
  void selfTestOfFloatsLookingBackPasses() {
    assumeTrue(LookBackFloats.runs(open.kronos().device()), "subgroups that shuffle");
    LookBackFloats floats = new LookBackFloats(open.kronos());
    // A device that shares its cores with others may wait in vain.
    assertThat(floats.sumOnes(150_000, Help.OF_OTHERS)).isNotEqualTo(Trial.WRONG);
    assertThat(floats.sumOnes(9000, Help.OF_NOBODY)).isEqualTo(Trial.REPAIRED);
  }

  /** One workgroup after the other finds all that it waits for. */
  @Test
  void dispatchesContinueEachOther() {
    assumeTrue(LookBackFloats.runs(open.kronos().device()), "subgroups that shuffle");
    LookBackFloats.Build build = LookBackFloats.Build.of(open.kronos());
    LookBackFloats floats =
        new LookBackFloats(
            open.kronos(), new LookBackFloats.Build(build.lookBack(), build.repair(), 32, 1));
    assertThat(floats.sumOnes(70 * 8192, Help.OF_OTHERS)).isEqualTo(Trial.RIGHT);
    Sums sums = (stream, reach, from, to) -> floats.record(stream, reach, from, to, Help.OF_OTHERS);
    float[] values = cancelling(300_001);
    assertThat(runningFloats(sums, Reach.INCLUSIVE, 0, values))
        .as("seed=%d", SEED)
        .isEqualTo(FloatSums.inclusive(values));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1, 8, 9, 127, 129, 511, 513, 8191, 8192, 8193, 65_536, 262_145, 300_001, 600_000, 1_000_001
      })
  void sumsOfFloatsEqualTheTwin(int count) {
    checkFloats(floats(count));
    checkFloats(cancelling(count));
  }

  /** More than a chunk of tiles, all of which are repaired. */
  @Test
  void repairedSumsOfFloatsEqualTheTwin() {
    assumeTrue(LookBackFloats.runs(open.kronos().device()), "subgroups that shuffle");
    float[] values = cancelling(MOST_REPAIRED);
    Sums alone =
        (stream, reach, from, to) ->
            new LookBackFloats(open.kronos()).record(stream, reach, from, to, Help.OF_NOBODY);
    assertThat(runningFloats(alone, Reach.INCLUSIVE, 0, values))
        .as("seed=%d", SEED)
        .isEqualTo(FloatSums.inclusive(values));
  }

  private static Kernel narrower(String kernel, int row) {
    ShaderSource source =
        KernelCatalog.load()
            .source(kernel)
            .with("ROW_QUADS", row + "u")
            .with("MOST_WAITS", "1024u")
            .with("WORKGROUP_SIZE", Integer.toString(row * row / 2));
    return open.kronos().kernels().compile(source);
  }

  /** The builds for wide subgroups, by rows that narrower ones hold: one row each, or two. */
  private static LookBackFloats shuffling(int row, int most) {
    int subgroup = open.kronos().device().subgroupSize();
    assumeTrue(LookBackFloats.runs(open.kronos().device()), "subgroups that shuffle");
    assumeTrue(subgroup == row || subgroup == 2 * row, "subgroups of one row or two");
    return new LookBackFloats(
        open.kronos(),
        new LookBackFloats.Build(
            narrower("scan/lookback_float32", row),
            narrower("scan/lookback_float32_repair", row),
            row,
            most));
  }

  private static void checkShuffles(int row, Help help, float... values) {
    LookBackFloats floats = shuffling(row, 1000);
    Sums sums = (stream, reach, from, to) -> floats.record(stream, reach, from, to, help);
    assertThat(runningFloats(sums, Reach.INCLUSIVE, values.length % 5 * 2, values))
        .as("row=%d help=%s count=%d seed=%d", row, help, values.length, SEED)
        .isEqualTo(FloatSums.inclusiveByRows(row, values));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void shufflesEqualTheTwin(int row) {
    for (int count : new int[] {1, 511, 513, 2047, 2049, 70_000}) {
      checkShuffles(row, Help.OF_OTHERS, floats(count));
      checkShuffles(row, Help.OF_OTHERS, cancelling(count));
    }
  }

  /** More than a chunk of tiles. */
  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void repairedShufflesEqualTheTwin(int row) {
    checkShuffles(row, Help.OF_NOBODY, floats(5000));
    checkShuffles(row, Help.OF_NOBODY, cancelling(40_000));
  }

  /** One workgroup after the other finds all that it waits for. */
  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void shufflesFindAllWhereNoneWaits(int row) {
    assertThat(shuffling(row, 1).sumOnes(80_000, Help.OF_OTHERS)).isEqualTo(Trial.RIGHT);
  }

  /** Floats that are taken back in reverse, so that what is left is what additions rounded. */
  private static float[] cancelling(int count) {
    Random random = new Random(SEED);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int place = i % 1500;
      float fresh = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(60)));
      values[i] = place < 750 ? fresh : -values[i - place + 1499 - place];
    }
    return values;
  }

  @Test
  void oddFloatsSumAlike() {
    checkFloats(floats(5000, Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, -0.0f));
    checkFloats(floats(5000, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 3, Float.NaN));
    checkFloats(floats(5000, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1));
    checkFloats(-0.0f, -0.0f, Float.MIN_VALUE, -Float.MIN_VALUE, -Float.MIN_NORMAL);
    // From below the least normal float past it, and back.
    checkFloats(0x1p-127f, 0x1p-127f, 0x1.8p-128f, Float.MIN_VALUE, -0x1p-126f, -0x1.8p-128f);
    // Halfway between floats: 2^24 + 1 is rounded down, 2^24 + 3 up, and the latter from 2^128 on
    // is infinite.
    checkFloats(0x1p24f, 1, 2, -0x1p24f, 0x1.fffffep127f, 0x1p103f);
  }
}

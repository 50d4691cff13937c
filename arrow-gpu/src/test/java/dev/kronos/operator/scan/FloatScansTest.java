// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kronos.DeviceExtension;
import dev.kronos.column.BufferSlice;
import dev.kronos.dispatch.Stream;
import dev.kronos.kernels.twin.FloatSums;
import dev.kronos.operator.scan.LookBackScan.Help;
import dev.kronos.operator.scan.RunningScan.Operation;
import dev.kronos.operator.scan.RunningScan.Reach;
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

  /** Checks of kernels turn loops, too; lavapipe 22.3 ends them after 65,535 turns. */
  private static final int MOST_ALONE = 9_000;

  private static final Help[] LOOKING = {Help.OF_OTHERS};

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
    if (LookBackFloats.runs(open.kronos().device())) {
      LookBackFloats floats = new LookBackFloats(open.kronos());
      for (Help help : count <= MOST_ALONE ? Help.values() : LOOKING) {
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
    assertThat(LookBackFloats.scansOnes(open.kronos())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1, 8, 9, 127, 129, 511, 513, 8191, 8192, 8193, 65_536, 262_145, 300_001, 1_000_001})
  void sumsOfFloatsEqualTheTwin(int count) {
    checkFloats(floats(count));
    checkFloats(cancelling(count));
  }

  /** More than a chunk of tiles, each of which sums all before it. */
  @Test
  @Tag("unchecked")
  void sumsOfFloatsAloneEqualTheTwin() {
    assumeTrue(LookBackFloats.runs(open.kronos().device()), "subgroups that shuffle");
    float[] values = cancelling(262_145);
    Sums alone =
        (stream, reach, from, to) ->
            new LookBackFloats(open.kronos()).record(stream, reach, from, to, Help.OF_NOBODY);
    assertThat(runningFloats(alone, Reach.INCLUSIVE, 0, values))
        .as("seed=%d", SEED)
        .isEqualTo(FloatSums.inclusive(values));
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
    // Halfway between floats: 2^24 + 1 is rounded down, 2^24 + 3 up, and the latter from 2^128 on
    // is infinite.
    checkFloats(0x1p24f, 1, 2, -0x1p24f, 0x1.fffffep127f, 0x1p103f);
  }
}

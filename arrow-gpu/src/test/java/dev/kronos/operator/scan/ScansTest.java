// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kronos.DeviceExtension;
import dev.kronos.column.BufferSlice;
import dev.kronos.kernels.twin.RunningScans;
import dev.kronos.kernels.twin.Scans;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.scan.LookBackScan.Help;
import dev.kronos.operator.scan.RunningScan.Operation;
import dev.kronos.operator.scan.RunningScan.Reach;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds both scans against their twins, bit by bit; looking back is forced on every device. */
@Tag("subgroups")
class ScansTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  private static final int MOST_ALONE = 65_536;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  /** One subgroup sums all tiles before; lavapipe 22.3 ends its loops after 65,535 turns. */
  private static Set<Help> helps(int count) {
    return count <= MOST_ALONE ? EnumSet.allOf(Help.class) : EnumSet.of(Help.OF_OTHERS);
  }

  /** Looks back, which takes a device that can run the kernel, whatever its profile says. */
  private static LookBackScan lookBack(PrefixSum.Width width) {
    assumeTrue(LookBackScan.runs(open.kronos().device()), "subgroups that shuffle");
    return new LookBackScan(open.kronos(), width);
  }

  private static DeviceScan.Work lookBack(LookBackScan scan, int sizeBytes, Help help) {
    return (stream, from, to) -> {
      try (BufferSlice source = BufferSlice.shared(from, 0, sizeBytes)) {
        scan.record(stream, source, to, help);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 2047, 2048, 2049, 4096, 65_536, 300_001})
  void lookingBackEqualsTheTwin(int count) {
    long[] values = new Random(SEED).longs(count).toArray();
    LookBackScan scan = lookBack(PrefixSum.Width.INT64);
    long[] expected = Scans.exclusive(values);
    for (Help help : helps(count)) {
      assertThat(DeviceScan.run(open.kronos(), values, 1, lookBack(scan, count * Long.BYTES, help)))
          .as("seed=%d help=%s", SEED, help)
          .isEqualTo(expected);
    }
  }

  /** Sums of 32 bits wrap around, and their states are others. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8190, 8192, 8194, 16_386, 65_536, 300_002})
  void lookingBackAtHalvesEqualsTheTwin(int count) {
    int[] values = new Random(SEED).ints(count).toArray();
    LookBackScan scan = lookBack(PrefixSum.Width.INT32);
    int[] expected = Scans.exclusive(values);
    for (Help help : helps(count)) {
      long[] sums =
          DeviceScan.run(
              open.kronos(),
              DeviceScan.pairs(values),
              1,
              lookBack(scan, count * Integer.BYTES, help));
      assertThat((int) sums[count / 2]).isEqualTo(expected[count]);
      assertThat(Arrays.copyOf(sums, count / 2))
          .as("seed=%d help=%s", SEED, help)
          .isEqualTo(DeviceScan.pairs(Arrays.copyOf(expected, count)));
    }
  }

  /** A slice that begins at no multiple of 16 bytes is read one by one. */
  @Test
  void lookingBackAtASliceEqualsTheTwin() {
    int[] values = new Random(SEED).ints(20_000).toArray();
    LookBackScan scan = lookBack(PrefixSum.Width.INT32);
    int[] expected = Scans.exclusive(Arrays.copyOfRange(values, 2, 18_002));
    long[] sums =
        DeviceScan.run(
            open.kronos(),
            DeviceScan.pairs(values),
            1,
            (stream, from, to) -> {
              try (BufferSlice source = BufferSlice.shared(from, 8, 18_000L * Integer.BYTES)) {
                scan.record(stream, source, to, Help.OF_OTHERS);
              }
            });
    assertThat(Arrays.copyOf(sums, 9_000))
        .as("seed=%d", SEED)
        .isEqualTo(DeviceScan.pairs(Arrays.copyOf(expected, 18_000)));
  }

  @Test
  void selfTestOfLookingBackPasses() {
    lookBack(PrefixSum.Width.INT32);
    assertThat(LookBackScan.scansOnes(open.kronos())).isTrue();
  }

  private static long[] running(Operation operation, Reach reach, long[] values, long neutral) {
    return DeviceScan.run(
        open.kronos(),
        values,
        0,
        (stream, from, to) -> {
          stream.copy(from, 0, to, 0, from.sizeBytes());
          RunningScan.Task task = new RunningScan.Task(operation, reach, neutral);
          try (BufferSlice slice = BufferSlice.shared(to, 0, to.sizeBytes())) {
            new RunningScan(open.kronos()).record(stream, task, slice, slice);
          }
        });
  }

  private static double[] doubles(int count) {
    Random random = new Random(SEED);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (random.nextDouble() - 0.5) * Math.pow(2, random.nextInt(80) - 40);
    }
    return values;
  }

  private static long[] bits(double... values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 255, 256, 257, 2047, 2048, 2049, 4097, 530_000})
  void sumsOfDoublesEqualTheTwin(int count) {
    double[] values = doubles(count);
    long[] sums = bits(RunningScans.inclusiveSums(values));
    assertThat(running(Operation.SUM_FLOAT64, Reach.INCLUSIVE, bits(values), 0))
        .as("seed=%d", SEED)
        .isEqualTo(sums);
    assertThat(running(Operation.SUM_FLOAT64, Reach.EXCLUSIVE, bits(values), 0))
        .as("seed=%d", SEED)
        .isEqualTo(bits(RunningScans.exclusiveSums(values)));
  }

  @Test
  void oddDoublesSumAlike() {
    double[] odd = {
      -0.0,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      Double.MIN_NORMAL,
      -1.5 * Double.MIN_NORMAL,
      1e308,
      1e308,
      Double.NEGATIVE_INFINITY,
      3,
      Double.longBitsToDouble(0x7FF0_0000_0000_0001L),
      1
    };
    for (int count = 1; count <= odd.length; count++) {
      double[] values = Arrays.copyOf(odd, count);
      assertThat(running(Operation.SUM_FLOAT64, Reach.INCLUSIVE, bits(values), 0))
          .as("count=%d", count)
          .isEqualTo(bits(RunningScans.inclusiveSums(values)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 257, 2049, 530_000})
  void extremesEqualALoop(int count) {
    long[] longs = new Random(SEED).longs(count).toArray();
    double[] numbers = doubles(count);
    numbers[count / 2] = -0.0;
    check(Operation.MIN_INT64, Math::min, longs, Long.MAX_VALUE);
    check(Operation.MAX_INT64, Math::max, longs, Long.MIN_VALUE);
    check(
        Operation.MIN_FLOAT64,
        (a, b) -> of(Math.min(number(a), number(b))),
        bits(numbers),
        of(Double.POSITIVE_INFINITY));
    check(
        Operation.MAX_FLOAT64,
        (a, b) -> of(Math.max(number(a), number(b))),
        bits(numbers),
        of(Double.NEGATIVE_INFINITY));
  }

  private static long of(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static double number(long bits) {
    return Double.longBitsToDouble(bits);
  }

  private static void check(
      Operation operation, LongBinaryOperator better, long[] values, long neutral) {
    long[] before = new long[values.length];
    long[] after = new long[values.length];
    long best = neutral;
    for (int i = 0; i < values.length; i++) {
      before[i] = best;
      best = better.applyAsLong(best, values[i]);
      after[i] = best;
    }
    String what = operation + " seed=" + SEED;
    assertThat(RunningScans.inclusive(better, neutral, values)).as(what).isEqualTo(after);
    assertThat(running(operation, Reach.INCLUSIVE, values, neutral)).as(what).isEqualTo(after);
    assertThat(running(operation, Reach.EXCLUSIVE, values, neutral)).as(what).isEqualTo(before);
  }

  private static final BigInteger GREATEST = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);

  private static long[] words(BigInteger... values) {
    long[] words = new long[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      words[2 * i] = values[i].longValue();
      words[2 * i + 1] = values[i].shiftRight(Long.SIZE).longValue();
    }
    return words;
  }

  /** Numbers of all sizes, and for a while so many large ones that sums have too many digits. */
  private static BigInteger[] decimals(int count) {
    Random random = new Random(SEED);
    BigInteger most = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
    BigInteger[] values = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      int phase = i % 1000;
      BigInteger small = new BigInteger(random.nextInt(120), random);
      values[i] = phase < 5 ? most : phase < 10 ? most.negate() : small;
      values[i] = phase >= 10 && random.nextBoolean() ? values[i].negate() : values[i];
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 257, 2047, 2049, 4097, 530_000})
  void decimalsEqualALoop(int count) {
    BigInteger[] values = decimals(count);
    BigInteger[] sums = RunningScans.decimalSums(values);
    BigInteger[] after = new BigInteger[count];
    BigInteger[] least = new BigInteger[count];
    BigInteger[] greatest = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      after[i] = sums[i] == null ? GREATEST : sums[i];
      least[i] = i == 0 ? values[0] : least[i - 1].min(values[i]);
      greatest[i] = i == 0 ? values[0] : greatest[i - 1].max(values[i]);
    }
    check(Operation.SUM_DECIMAL, values, after, BigInteger.ZERO);
    check(Operation.MIN_DECIMAL, values, least, GREATEST);
    check(Operation.MAX_DECIMAL, values, greatest, GREATEST.negate());
  }

  private static void check(
      Operation operation, BigInteger[] values, BigInteger[] after, BigInteger first) {
    BigInteger[] before = new BigInteger[values.length];
    before[0] = first;
    System.arraycopy(after, 0, before, 1, values.length - 1);
    String what = operation + " seed=" + SEED;
    assertThat(running(operation, Reach.INCLUSIVE, words(values), 0))
        .as(what)
        .isEqualTo(words(after));
    assertThat(running(operation, Reach.EXCLUSIVE, words(values), 0))
        .as(what)
        .isEqualTo(words(before));
  }
}

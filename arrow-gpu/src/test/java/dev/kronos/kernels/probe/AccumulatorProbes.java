// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.kernels.twin.ExactSum;
import dev.kronos.kernels.twin.WideInteger;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;

/** Probes {@code superaccumulator.glsl} and {@code atomics.glsl}, one accumulator a case. */
public final class AccumulatorProbes {

  private static final int VALUES = 8;
  private static final int LIMBS = 68;

  private AccumulatorProbes() {}

  /** Lists the probes. */
  public static List<Probe> all() {
    return List.of(sum(), merged(), wideSum(), words());
  }

  private static Probe sum() {
    return new Probe(
        "superaccumulator",
        "for (uint i = 0u; i < 8u; i++) { superaccumulator_add(probe_out + 8ul, in_f64(i)); }"
            + " double r = superaccumulator_read(probe_out + 8ul);"
            + " for (uint i = 1u; i < 69u; i++) { out_u64(i, 0ul); } out_f64(0u, r);",
        VALUES,
        1 + LIMBS,
        AccumulatorProbes::makeCase,
        w -> result(1 + LIMBS, ExactSum.of(doubles(w))));
  }

  private static Probe merged() {
    return new Probe(
        "superaccumulator_merge",
        "uint64_t a = probe_out + 8ul; uint64_t b = a + uint64_t(SUPERACCUMULATOR_BYTES);"
            + " for (uint i = 0u; i < 8u; i++) {"
            + " superaccumulator_add((i & 1u) == 0u ? a : b, in_f64(i)); }"
            + " superaccumulator_normalise(b); superaccumulator_merge(a, b);"
            + " double r = superaccumulator_read(a);"
            + " for (uint i = 1u; i < 137u; i++) { out_u64(i, 0ul); } out_f64(0u, r);",
        VALUES,
        1 + 2 * LIMBS,
        AccumulatorProbes::makeCase,
        w -> result(1 + 2 * LIMBS, ExactSum.of(doubles(w))));
  }

  private static Probe wideSum() {
    return new Probe(
        "atomic_sums",
        "for (uint i = 0u; i < 4u; i++) { i128 x = in_i128(2u * i);"
            + " atomic_add_i128(probe_out, x); atomic_add_i192(probe_out + 16ul, x);"
            + " atomic_max_i64(probe_out + 40ul, in_i64(2u * i));"
            + " atomic_max_u64(probe_out + 48ul, in_u64(2u * i)); }"
            + " i128 v; out_bool(7u, i192_load(probe_out + 16ul, v));",
        VALUES,
        8,
        v -> {
          long[] words = new long[VALUES];
          for (int i = 0; i < VALUES; i += 2) {
            WideInteger.store(v.integer(128), words, i, 2);
          }
          return words;
        },
        AccumulatorProbes::wideSumTwin);
  }

  private static Probe words() {
    return new Probe(
        "atomic_words",
        "for (uint i = 0u; i < 8u; i++) { out_u64(i, i < 6u ? in_u64(0u) : 0ul); }"
            + " for (uint i = 0u; i < 8u; i++) { uint64_t at = probe_out;"
            + " atomic_min_i64(at, in_i64(i)); atomic_max_i64(at + 8ul, in_i64(i));"
            + " atomic_min_u64(at + 16ul, in_u64(i)); atomic_max_u64(at + 24ul, in_u64(i));"
            + " atomic_min_u32(at + 32ul, in_u32(i)); atomic_max_u32(at + 40ul, in_u32(i));"
            + " atomic_add_u64(at + 48ul, in_u64(i)); atomic_add_i64(at + 56ul, in_i64(i)); }",
        VALUES,
        8,
        v -> {
          long[] words = new long[VALUES];
          for (int i = 0; i < VALUES; i++) {
            words[i] = v.integer(64).longValue();
          }
          return words;
        },
        AccumulatorProbes::wordsTwin);
  }

  private static long[] wordsTwin(long[] words) {
    LongStream unsigned = Arrays.stream(words).map(word -> word ^ Long.MIN_VALUE);
    LongSummaryStatistics order = unsigned.summaryStatistics();
    LongSummaryStatistics signed = Arrays.stream(words).summaryStatistics();
    LongSummaryStatistics low =
        Arrays.stream(words).map(word -> word & 0xFFFFFFFFL).summaryStatistics();
    // The extremes of 32 bits stand in words that began with the first value.
    long high = words[0] & ~0xFFFFFFFFL;
    return new long[] {
      signed.getMin(),
      signed.getMax(),
      order.getMin() ^ Long.MIN_VALUE,
      order.getMax() ^ Long.MIN_VALUE,
      high | low.getMin(),
      high | low.getMax(),
      signed.getSum(),
      signed.getSum()
    };
  }

  private static long[] wideSumTwin(long[] words) {
    BigInteger sum = BigInteger.ZERO;
    long[] out = new long[8];
    for (int i = 0; i < VALUES; i += 2) {
      sum = sum.add(WideInteger.signed(words, i, 2));
      out[5] = Math.max(out[5], words[i]);
      out[6] = Long.compareUnsigned(out[6], words[i]) < 0 ? words[i] : out[6];
    }
    WideInteger.store(sum, out, 0, 2);
    WideInteger.store(sum, out, 2, 3);
    out[7] = WideInteger.fits(sum, 128) ? 1 : 0;
    return out;
  }

  private static long[] makeCase(EdgeValues v) {
    long[] words = new long[VALUES];
    boolean special = v.below(8) == 0;
    for (int i = 0; i < VALUES; i++) {
      double value = special ? v.real() : v.finite();
      // Cancel often: that is where a rounded sum goes wrong.
      words[i] =
          i > 0 && v.below(3) == 0
              ? words[v.below(i)] ^ Long.MIN_VALUE
              : Double.doubleToRawLongBits(value);
    }
    return words;
  }

  private static double[] doubles(long[] words) {
    double[] values = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] = Double.longBitsToDouble(words[i]);
    }
    return values;
  }

  private static long[] result(int size, double value) {
    long[] out = new long[size];
    out[0] = Double.doubleToLongBits(value);
    return out;
  }
}

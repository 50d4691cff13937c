// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.kernels.twin.ExactSum;
import dev.kronos.kernels.twin.WideInteger;
import java.math.BigInteger;
import java.util.List;

/** Probes {@code superaccumulator.glsl} and {@code atomics.glsl}, one accumulator a case. */
public final class AccumulatorProbes {

  private static final int VALUES = 8;
  private static final int LIMBS = 68;

  private AccumulatorProbes() {}

  /** Lists the probes. */
  public static List<Probe> all() {
    return List.of(sum(), merged(), wideSum());
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

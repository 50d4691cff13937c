// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.kernels.twin.WideInteger;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Probes {@code int128.glsl}. */
public final class Int128Probes {

  private static final BigInteger MASK_128 = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
  private static final BigInteger MASK_64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private Int128Probes() {}

  /** Lists the probes. */
  public static List<Probe> all() {
    List<Probe> probes = new ArrayList<>();
    addWrapping(probes);
    addChecked(probes);
    addDivisions(probes);
    addPowers(probes);
    addOthers(probes);
    return probes;
  }

  private static void addWrapping(List<Probe> probes) {
    probes.add(wrapping("add", BigInteger::add));
    probes.add(wrapping("sub", BigInteger::subtract));
    probes.add(wrapping("mul", BigInteger::multiply));
    probes.add(
        new Probe(
            "i128_unary",
            "i128 a = in_i128(0u); out_i128(0u, i128_neg(a)); out_u128(2u, i128_magnitude(a));"
                + " out_i128(4u, i128_abs(a)); out_bool(6u, i128_fits_i64(a));"
                + " out_i128(7u, i128_from_i64(in_i64(0u)));",
            2,
            9,
            v -> words(v.integer(128), 2),
            w -> {
              BigInteger a = WideInteger.signed(w, 0, 2);
              long[] out = new long[9];
              WideInteger.store(a.negate(), out, 0, 2);
              WideInteger.store(a.abs(), out, 2, 2);
              WideInteger.store(a.abs(), out, 4, 2);
              out[6] = WideInteger.fits(a, 64) ? 1 : 0;
              WideInteger.store(BigInteger.valueOf(w[0]), out, 7, 2);
              return out;
            }));
    probes.add(
        new Probe(
            "i128_compare",
            "i128 a = in_i128(0u); i128 b = in_i128(2u); out_i32(0u, i128_compare(a, b));"
                + " out_bool(1u, i128_eq(a, b)); out_bool(2u, i128_lt(a, b));"
                + " out_bool(3u, i128_le(a, b));"
                + " out_i32(4u, u128_compare(in_u128(0u), in_u128(2u)));",
            4,
            5,
            v -> {
              BigInteger a = v.integer(128);
              return words(a, 2, v.below(4) == 0 ? a : v.integer(128), 2);
            },
            w -> {
              int c = WideInteger.signed(w, 0, 2).compareTo(WideInteger.signed(w, 2, 2));
              int u = WideInteger.unsigned(w, 0, 2).compareTo(WideInteger.unsigned(w, 2, 2));
              return new long[] {c, c == 0 ? 1 : 0, c < 0 ? 1 : 0, c <= 0 ? 1 : 0, u};
            }));
  }

  private static Probe wrapping(String operation, BinaryOperator<BigInteger> twin) {
    return new Probe(
        "i128_" + operation,
        "out_i128(0u, i128_" + operation + "(in_i128(0u), in_i128(2u)));",
        4,
        2,
        v -> words(v.integer(128), 2, v.integer(128), 2),
        w -> words(twin.apply(WideInteger.signed(w, 0, 2), WideInteger.signed(w, 2, 2)), 2));
  }

  private static void addChecked(List<Probe> probes) {
    for (int bits : new int[] {32, 64, 128}) {
      probes.add(checked("add", bits, BigInteger::add));
      probes.add(checked("sub", bits, BigInteger::subtract));
      probes.add(checked("mul", bits, BigInteger::multiply));
    }
    probes.add(negation(32, "int"));
    probes.add(negation(64, "int64_t"));
    probes.add(
        new Probe(
            "i128_mul_i64",
            "out_i128(0u, i128_mul_i64(in_i64(0u), in_i64(1u)));",
            2,
            2,
            v -> words(v.integer(64), 1, v.integer(64), 1),
            w -> words(BigInteger.valueOf(w[0]).multiply(BigInteger.valueOf(w[1])), 2)));
    probes.add(
        new Probe(
            "u128_mul_wide",
            "out_u256(0u, u128_mul_wide(in_u128(0u), in_u128(2u)));",
            4,
            4,
            v -> words(v.integer(128), 2, v.integer(128), 2),
            w -> words(WideInteger.unsigned(w, 0, 2).multiply(WideInteger.unsigned(w, 2, 2)), 4)));
  }

  private static Probe negation(int bits, String type) {
    String call = "i" + bits + "_neg_checked(in_i" + bits + "(0u), overflow)";
    return new Probe(
        "i" + bits + "_neg_checked",
        type + " r = " + call + "; out_checked(r, overflow);",
        1,
        2,
        v -> words(v.integer(bits), 1),
        w -> checkedWords(BigInteger.valueOf(w[0]).negate(), bits, 1));
  }

  private static Probe checked(String operation, int bits, BinaryOperator<BigInteger> twin) {
    int size = Math.max(1, bits / 64);
    String a = "in_i" + bits + "(0u)";
    String b = "in_i" + bits + "(" + size + "u)";
    String call = "i" + bits + "_" + operation + "_checked(" + a + ", " + b + ", overflow)";
    String declare = (bits == 32 ? "int" : bits == 64 ? "int64_t" : "i128") + " r = " + call + "; ";
    return new Probe(
        "i" + bits + "_" + operation + "_checked",
        declare + "out_checked(r, overflow);",
        2 * size,
        1 + size,
        v -> words(v.integer(bits), size, v.integer(bits), size),
        w ->
            checkedWords(
                twin.apply(WideInteger.signed(w, 0, size), WideInteger.signed(w, size, size)),
                bits,
                size));
  }

  private static long[] checkedWords(BigInteger value, int bits, int size) {
    long[] out = new long[1 + size];
    if (WideInteger.fits(value, bits)) {
      WideInteger.store(value, out, 1, size);
    } else {
      out[0] = 1;
    }
    return out;
  }

  private static void addDivisions(List<Probe> probes) {
    probes.add(
        new Probe(
            "i128_divide",
            "out_i128(0u, i128_div(in_i128(0u), in_i128(2u)));"
                + " out_i128(2u, i128_rem(in_i128(0u), in_i128(2u)));",
            4,
            4,
            v -> words(v.integer(128), 2, nonZero(v.integer(128)), 2),
            w -> {
              BigInteger[] parts =
                  WideInteger.signed(w, 0, 2).divideAndRemainder(WideInteger.signed(w, 2, 2));
              return words(parts[0], 2, parts[1], 2);
            }));
    probes.add(division("u128_divmod_u64", 2, 1, "out_u128(0u, q); out_u64(2u, r);"));
    probes.add(division("u128_divmod", 2, 2, "out_u128(0u, q); out_u128(2u, r);"));
    probes.add(division("u256_divmod_u128", 4, 2, "out_u256(0u, q); out_u128(4u, r);"));
    probes.add(
        new Probe(
            "u128_div_half_up",
            "out_u128(0u, u128_div_half_up(in_u128(0u), in_u128(2u)));",
            4,
            2,
            v -> words(v.integer(128), 2, nonZero(v.integer(128)), 2),
            w ->
                words(
                    WideInteger.divideHalfUp(
                        WideInteger.unsigned(w, 0, 2), WideInteger.unsigned(w, 2, 2)),
                    2)));
  }

  /** Sizes are in words of 64 bits; they decide the types. */
  private static Probe division(String function, int size, int divisorSize, String out) {
    String type = "u" + size * Long.SIZE;
    String divisor = "u" + divisorSize * Long.SIZE;
    String body =
        (divisorSize == 1 ? "uint64_t" : divisor)
            + " r; %s q = %s(in_%s(0u), in_%s(%du), r); "
                .formatted(type, function, type, divisor, size)
            + out;
    return new Probe(
        function,
        body,
        size + divisorSize,
        size + divisorSize,
        v -> divisionCase(v, size, divisorSize),
        w -> {
          BigInteger[] parts =
              WideInteger.unsigned(w, 0, size)
                  .divideAndRemainder(WideInteger.unsigned(w, size, divisorSize));
          return words(parts[0], size, parts[1], divisorSize);
        });
  }

  /**
   * Half of the dividends lie next to a multiple of the divisor, where digit estimates go wrong.
   */
  private static long[] divisionCase(EdgeValues v, int size, int divisorSize) {
    BigInteger mask = divisorSize == 1 ? MASK_64 : MASK_128;
    BigInteger divisor = nonZero(v.integer(divisorSize * 64)).and(mask);
    BigInteger dividend = v.integer(size * 64);
    if (v.below(2) == 0) {
      BigInteger factor = v.integer((size - divisorSize) * 64 + 1).abs();
      dividend = divisor.multiply(factor).add(BigInteger.valueOf(v.below(3) - 1));
    }
    return words(dividend, size, divisor, divisorSize);
  }

  private static void addPowers(List<Probe> probes) {
    probes.add(
        new Probe(
            "u128_pow10",
            "out_u128(0u, u128_pow10(in_u32(0u)));",
            1,
            2,
            v -> new long[] {v.below(39)},
            w -> words(WideInteger.pow10((int) w[0]), 2)));
    probes.add(
        power(
            "i128_div_pow10_half_up",
            w -> WideInteger.divideHalfUp(WideInteger.signed(w, 0, 2), pow10(w))));
    probes.add(power("i128_div_pow10_trunc", w -> WideInteger.signed(w, 0, 2).divide(pow10(w))));
    probes.add(
        new Probe(
            "i128_mul_pow10_checked",
            "i128 r = i128_mul_pow10_checked(in_i128(0u), in_u32(2u), overflow);"
                + " out_checked(r, overflow);",
            3,
            3,
            v -> words(v.integer(128), 2, BigInteger.valueOf(v.below(39)), 1),
            w -> checkedWords(WideInteger.signed(w, 0, 2).multiply(pow10(w)), 128, 2)));
    probes.add(
        new Probe(
            "fits_precision",
            "out_bool(0u, i128_fits_precision(in_i128(0u), in_u32(2u)));"
                + " out_bool(1u, i64_fits_precision(in_i64(0u), in_u32(2u)));",
            3,
            2,
            v -> words(v.integer(128), 2, BigInteger.valueOf(1 + v.below(38)), 1),
            w -> {
              int p = (int) w[2];
              boolean wide = WideInteger.fitsPrecision(WideInteger.signed(w, 0, 2), p);
              boolean narrow = WideInteger.fitsPrecision(BigInteger.valueOf(w[0]), p);
              return new long[] {wide ? 1 : 0, narrow ? 1 : 0};
            }));
  }

  private static Probe power(String function, Function<long[], BigInteger> twin) {
    return new Probe(
        function,
        "out_i128(0u, " + function + "(in_i128(0u), in_u32(2u)));",
        3,
        2,
        v -> words(v.integer(128), 2, BigInteger.valueOf(v.below(39)), 1),
        w -> words(twin.apply(w), 2));
  }

  private static void addOthers(List<Probe> probes) {
    probes.add(words());
    probes.add(
        new Probe(
            "i64_from_i32",
            "int64_t a = i64_from_i32(in_i32(0u)); out_i64(0u, a); out_bool(1u, a < 0l);"
                + " out_bool(2u, a < 5l); out_bool(3u, a >= -5l); out_bool(4u, (a >> 63) != 0l);"
                + " out_bool(5u, i64_fits_precision(a, 5u)); out_i128(6u, i128_from_i32(int(a)));",
            1,
            8,
            v -> new long[] {v.integer(32).longValue()},
            w -> {
              long a = w[0];
              long sign = a >> 63;
              long fits = Math.abs(a) < 100_000 ? 1 : 0;
              return new long[] {a, -sign, a < 5 ? 1 : 0, a >= -5 ? 1 : 0, -sign, fits, a, sign};
            }));
    probes.add(
        new Probe(
            "u128_shifts",
            "uint n = in_u32(2u); out_u128(0u, u128_shl(in_u128(0u), n));"
                + " out_u128(2u, u128_shr(in_u128(0u), n)); out_u64(4u, u128_clz(in_u128(0u)));",
            3,
            5,
            v -> words(v.integer(128), 2, BigInteger.valueOf(v.below(128)), 1),
            w -> {
              BigInteger a = WideInteger.unsigned(w, 0, 2);
              long[] out = new long[5];
              WideInteger.store(a.shiftLeft((int) w[2]), out, 0, 2);
              WideInteger.store(a.shiftRight((int) w[2]), out, 2, 2);
              out[4] = 128L - a.bitLength();
              return out;
            }));
    probes.add(
        new Probe(
            "u256_add_sub",
            "out_u256(0u, u256_add(in_u256(0u), in_u256(4u)));"
                + " out_u256(4u, u256_sub(in_u256(0u), in_u256(4u)));"
                + " out_bool(8u, u256_lt(in_u256(0u), in_u256(4u)));",
            8,
            9,
            v -> words(v.integer(256), 4, v.integer(256), 4),
            w -> {
              BigInteger a = WideInteger.unsigned(w, 0, 4);
              BigInteger b = WideInteger.unsigned(w, 4, 4);
              long[] out = new long[9];
              WideInteger.store(a.add(b), out, 0, 4);
              WideInteger.store(a.subtract(b), out, 4, 4);
              out[8] = a.compareTo(b) < 0 ? 1 : 0;
              return out;
            }));
  }

  private static Probe words() {
    return new Probe(
        "i128_words",
        "i128 a = in_i128(0u); out_bool(0u, i128_is_zero(a)); out_bool(1u, i128_is_negative(a));"
            + " out_i64(2u, i128_to_i64(a)); out_i128(3u, i128_from_u64(in_u64(0u)));",
        2,
        5,
        v -> words(v.integer(128), 2),
        w -> {
          int sign = WideInteger.signed(w, 0, 2).signum();
          return new long[] {sign == 0 ? 1 : 0, sign < 0 ? 1 : 0, w[0], w[0], 0};
        });
  }

  private static BigInteger pow10(long[] words) {
    return WideInteger.pow10((int) words[2]);
  }

  private static BigInteger nonZero(BigInteger value) {
    return value.signum() == 0 ? BigInteger.ONE : value;
  }

  private static long[] words(BigInteger value, int size) {
    long[] words = new long[size];
    WideInteger.store(value, words, 0, size);
    return words;
  }

  private static long[] words(BigInteger a, int sizeA, BigInteger b, int sizeB) {
    long[] words = new long[sizeA + sizeB];
    WideInteger.store(a, words, 0, sizeA);
    WideInteger.store(b, words, sizeA, sizeB);
    return words;
  }
}

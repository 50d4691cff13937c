// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.kernels.twin.SparkDecimal;
import dev.kronos.kernels.twin.SparkDecimal.Operation;
import dev.kronos.kernels.twin.SparkDecimal.Type;
import dev.kronos.kernels.twin.WideInteger;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Probes {@code decimal.glsl}: with types that vary from case to case, and with constant types. */
public final class DecimalProbes {

  private static final Map<Operation, String> FUNCTIONS =
      Map.of(
          Operation.ADD, "dec128_add",
          Operation.SUBTRACT, "dec128_sub",
          Operation.MULTIPLY, "dec128_mul",
          Operation.DIVIDE, "dec128_div",
          Operation.REMAINDER, "dec128_rem");

  private static final Type[][] CONSTANT_TYPES = {
    {new Type(15, 2), new Type(16, 2)},
    {new Type(32, 4), new Type(16, 2)},
    {new Type(38, 0), new Type(38, 38)},
    {new Type(38, 10), new Type(38, 18)},
    {new Type(38, 38), new Type(38, 0)},
    {new Type(25, 2), new Type(20, 0)},
  };

  private DecimalProbes() {}

  /** Lists the probes. */
  public static List<Probe> all() {
    List<Probe> probes = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      probes.add(arithmetic(operation));
      for (Type[] types : CONSTANT_TYPES) {
        probes.add(arithmetic(operation, types[0], types[1]));
      }
    }
    probes.add(integralDivide());
    probes.add(cast());
    addConversions(probes);
    addNarrow(probes);
    return probes;
  }

  // Words of a case: a (2), b (2), pa, sa, pb, sb, p, s.
  private static Probe arithmetic(Operation operation) {
    String call =
        FUNCTIONS.get(operation)
            + "(in_i128(0u), in_u32(4u), in_u32(5u), in_i128(2u), in_u32(6u), in_u32(7u),"
            + " in_u32(8u), in_u32(9u), overflow)";
    return new Probe(
        "decimal_" + name(operation),
        "i128 r = " + call + "; out_checked(r, overflow);",
        10,
        3,
        v -> arithmeticCase(v, operation, type(v), type(v)),
        w -> arithmeticTwin(operation, w));
  }

  private static Probe arithmetic(Operation operation, Type a, Type b) {
    Type r = operation.resultType(a, b);
    String call =
        FUNCTIONS.get(operation)
            + "(in_i128(0u), "
            + text(a)
            + ", in_i128(2u), "
            + text(b)
            + ", "
            + text(r)
            + ", overflow)";
    return new Probe(
        "decimal_" + name(operation) + "_" + label(a) + "_" + label(b),
        "i128 r = " + call + "; out_checked(r, overflow);",
        10,
        3,
        v -> arithmeticCase(v, operation, a, b),
        w -> arithmeticTwin(operation, w));
  }

  private static long[] arithmeticCase(EdgeValues v, Operation operation, Type a, Type b) {
    long[] words = new long[10];
    boolean divides = operation == Operation.DIVIDE || operation == Operation.REMAINDER;
    BigInteger right = v.decimal(b.precision());
    if (divides && right.signum() == 0) {
      right = BigInteger.ONE;
    }
    WideInteger.store(v.decimal(a.precision()), words, 0, 2);
    WideInteger.store(right, words, 2, 2);
    Type r = operation.resultType(a, b);
    store(words, 4, a, b, r);
    return words;
  }

  private static long[] arithmeticTwin(Operation operation, long[] w) {
    return checked(SparkDecimal.compute(operation, value(w, 0, 5), value(w, 2, 7), typeAt(w, 8)));
  }

  private static Probe integralDivide() {
    return new Probe(
        "decimal_idiv",
        "int64_t r = dec128_idiv(in_i128(0u), in_u32(4u), in_u32(5u), in_i128(2u), in_u32(6u),"
            + " in_u32(7u), overflow); out_checked(r, overflow);",
        10,
        2,
        v -> arithmeticCase(v, Operation.DIVIDE, type(v), type(v)),
        w -> {
          Optional<Long> r =
              SparkDecimal.integralDivide(
                  value(w, 0, 5), typeAt(w, 4), value(w, 2, 7), typeAt(w, 6));
          return new long[] {r.isPresent() ? 0 : 1, r.orElse(0L)};
        });
  }

  // Words: a (2), pa, sa, p, s.
  private static Probe cast() {
    return new Probe(
        "decimal_cast",
        "i128 r = dec128_cast(in_i128(0u), in_u32(2u), in_u32(3u), in_u32(4u), in_u32(5u),"
            + " overflow); out_checked(r, overflow);",
        6,
        3,
        v -> {
          long[] words = new long[6];
          Type from = type(v);
          WideInteger.store(v.decimal(from.precision()), words, 0, 2);
          store(words, 2, from, type(v));
          return words;
        },
        w -> checked(SparkDecimal.toType(value(w, 0, 3), typeAt(w, 4))));
  }

  // Words: a (2), s.
  private static void addConversions(List<Probe> probes) {
    probes.add(
        conversion(
            "to_f64",
            "out_f64(0u, dec128_to_f64(in_i128(0u), in_u32(2u)));",
            1,
            (w, d) -> new long[] {Double.doubleToLongBits(Double.parseDouble(d.toString()))}));
    probes.add(
        conversion(
            "to_f32",
            "out_f32(0u, dec128_to_f32(in_i128(0u), in_u32(2u)));",
            1,
            (w, d) ->
                new long[] {
                  Integer.toUnsignedLong(Float.floatToIntBits(Float.parseFloat(d.toString())))
                }));
    probes.add(
        conversion(
            "to_i64",
            "out_i64(0u, dec128_to_i64(in_i128(0u), in_u32(2u)));",
            1,
            (w, d) -> new long[] {d.longValue()}));
    probes.add(
        conversion(
            "to_i64_checked",
            "int64_t r = dec128_to_i64_checked(in_i128(0u), in_u32(2u), overflow);"
                + " out_checked(r, overflow);",
            2,
            (w, d) -> ranged(d.toBigInteger(), Long.MIN_VALUE, Long.MAX_VALUE)));
    probes.add(
        conversion(
            "to_i32_checked",
            "int r = dec128_to_i32_checked(in_i128(0u), in_u32(2u), -32768, 32767, overflow);"
                + " out_checked(r, overflow);",
            2,
            (w, d) -> ranged(d.toBigInteger(), Short.MIN_VALUE, Short.MAX_VALUE)));
    probes.add(
        conversion(
            "to_i32_rounded",
            "int r = dec128_to_i32_rounded(in_i128(0u), in_u32(2u), -128, 127, overflow);"
                + " out_checked(r, overflow);",
            2,
            (w, d) -> ranged(new BigDecimal(d.doubleValue()).toBigInteger(), -128, 127)));
    probes.add(
        new Probe(
            "decimal_from_i64",
            "i128 r = dec128_from_i64(in_i64(0u), in_u32(1u), in_u32(2u), overflow);"
                + " out_checked(r, overflow);",
            3,
            3,
            v -> {
              Type t = type(v);
              return new long[] {v.integer(64).longValue(), t.precision(), t.scale()};
            },
            w -> checked(SparkDecimal.toType(BigDecimal.valueOf(w[0]), typeAt(w, 1)))));
  }

  private static Probe conversion(
      String function, String body, int outWords, BiFunction<long[], BigDecimal, long[]> twin) {
    return new Probe(
        "decimal_" + function,
        body,
        3,
        outWords,
        v -> {
          long[] words = new long[3];
          Type type = type(v);
          WideInteger.store(v.decimal(type.precision()), words, 0, 2);
          words[2] = type.scale();
          return words;
        },
        w -> twin.apply(w, value(w, 0, 2)));
  }

  private static void addNarrow(List<Probe> probes) {
    probes.add(
        new Probe(
            "dec64_mul_wide",
            "out_i128(0u, dec64_mul_wide(in_i64(0u), in_i64(1u)));",
            2,
            2,
            v -> new long[] {v.decimal(18).longValue(), v.decimal(18).longValue()},
            w -> {
              long[] out = new long[2];
              BigInteger product = BigInteger.valueOf(w[0]).multiply(BigInteger.valueOf(w[1]));
              WideInteger.store(product, out, 0, 2);
              return out;
            }));
    probes.add(
        new Probe(
            "dec64_add_sub",
            "out_i64(0u, dec64_add(in_i64(0u), 2u, in_i64(1u), 4u, 18u));"
                + " out_i64(1u, dec64_sub(in_i64(0u), 2u, in_i64(1u), 4u, 18u));",
            2,
            2,
            v -> new long[] {v.decimal(15).longValue(), v.decimal(17).longValue()},
            w -> new long[] {w[0] * 100 + w[1], w[0] * 100 - w[1]}));
    probes.add(
        new Probe(
            "dec64_cast",
            "int64_t r = dec64_cast(in_i64(0u), in_u32(1u), in_u32(2u), in_u32(3u), in_u32(4u),"
                + " overflow); out_checked(r, overflow);",
            5,
            2,
            v -> {
              int p = 1 + v.below(18);
              int s = v.below(p + 1);
              int p2 = 1 + v.below(18);
              int s2 = Math.min(v.below(p2 + 1), s + 18 - p);
              return new long[] {v.decimal(p).longValue(), p, s, p2, s2};
            },
            w -> {
              Optional<BigInteger> r =
                  SparkDecimal.toType(BigDecimal.valueOf(w[0], (int) w[2]), typeAt(w, 3));
              return new long[] {r.isPresent() ? 0 : 1, r.orElse(BigInteger.ZERO).longValue()};
            }));
  }

  private static long[] ranged(BigInteger value, long low, long high) {
    boolean fits =
        value.compareTo(BigInteger.valueOf(low)) >= 0
            && value.compareTo(BigInteger.valueOf(high)) <= 0;
    return fits ? new long[] {0, value.longValue()} : new long[] {1, 0};
  }

  private static long[] checked(Optional<BigInteger> result) {
    long[] out = new long[3];
    if (result.isPresent()) {
      WideInteger.store(result.get(), out, 1, 2);
    } else {
      out[0] = 1;
    }
    return out;
  }

  private static Type type(EdgeValues v) {
    int precision = v.below(3) == 0 ? 38 : 1 + v.below(38);
    return new Type(precision, v.below(precision + 1));
  }

  private static void store(long[] words, int at, Type... types) {
    for (int i = 0; i < types.length; i++) {
      words[at + 2 * i] = types[i].precision();
      words[at + 2 * i + 1] = types[i].scale();
    }
  }

  private static Type typeAt(long[] words, int at) {
    return new Type((int) words[at], (int) words[at + 1]);
  }

  private static BigDecimal value(long[] words, int at, int scaleAt) {
    return new BigDecimal(WideInteger.signed(words, at, 2), (int) words[scaleAt]);
  }

  private static String name(Operation operation) {
    return operation.name().toLowerCase(Locale.ROOT);
  }

  private static String text(Type type) {
    return type.precision() + "u, " + type.scale() + "u";
  }

  private static String label(Type type) {
    return type.precision() + "." + type.scale();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.kernels.twin.FloatRules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** Probes {@code float.glsl}. */
public final class FloatProbes {

  private FloatProbes() {}

  /** Lists the probes. */
  public static List<Probe> all() {
    List<Probe> probes = new ArrayList<>();
    addOrder(probes);
    addConversions(probes);
    probes.add(signs());
    probes.add(single("add", Float::sum));
    probes.add(single("sub", (a, b) -> a - b));
    probes.add(single("mul", (a, b) -> a * b));
    probes.add(single("div", (a, b) -> a / b));
    probes.add(single("rem", (a, b) -> a % b));
    probes.add(real("rem", (a, b) -> a % b));
    return probes;
  }

  /** Lists probes of double arithmetic, on which a device may flush denormals. */
  public static List<Probe> deviceArithmetic() {
    return List.of(
        normal("add", Double::sum),
        normal("sub", (a, b) -> a - b),
        normal("mul", (a, b) -> a * b),
        normal("div", (a, b) -> a / b));
  }

  private static void addOrder(List<Probe> probes) {
    probes.add(
        new Probe(
            "f64_order",
            "double a = in_f64(0u); double b = in_f64(1u); out_u64(0u, f64_order_key(a));"
                + " out_i32(1u, f64_compare(a, b)); out_bool(2u, f64_eq(a, b));"
                + " out_bool(3u, f64_lt(a, b)); out_bool(4u, f64_le(a, b));"
                + " out_f64(5u, f64_normalize(a));"
                + " out_f64(6u, f64_from_order_key(f64_order_key(a)));",
            2,
            7,
            v -> {
              double a = v.real();
              return new long[] {bits(a), bits(v.below(4) == 0 ? a : v.real())};
            },
            w -> {
              double a = Double.longBitsToDouble(w[0]);
              int c = FloatRules.compare(a, Double.longBitsToDouble(w[1]));
              long normal = Double.doubleToLongBits(FloatRules.normalize(a));
              return new long[] {
                FloatRules.orderKey(a),
                c,
                c == 0 ? 1 : 0,
                c < 0 ? 1 : 0,
                c <= 0 ? 1 : 0,
                normal,
                normal
              };
            }));
    probes.add(
        new Probe(
            "f32_order",
            "float a = in_f32(0u); float b = in_f32(1u); out_u64(0u, uint64_t(f32_order_key(a)));"
                + " out_i32(1u, f32_compare(a, b)); out_bool(2u, f32_eq(a, b));"
                + " out_f32(3u, f32_normalize(a));"
                + " out_f32(4u, f32_from_order_key(f32_order_key(a)));",
            2,
            5,
            v -> {
              float a = v.single();
              return new long[] {bits(a), bits(v.below(4) == 0 ? a : v.single())};
            },
            w -> {
              float a = Float.intBitsToFloat((int) w[0]);
              int c = FloatRules.compare(a, Float.intBitsToFloat((int) w[1]));
              long normal = Float.floatToIntBits(FloatRules.normalize(a)) & 0xFFFFFFFFL;
              long key = Integer.toUnsignedLong(FloatRules.orderKey(a));
              return new long[] {key, c, c == 0 ? 1 : 0, normal, normal};
            }));
  }

  private static Probe signs() {
    return new Probe(
        "float_signs",
        "double a = in_f64(0u); float b = in_f32(1u); float c = in_f32(2u);"
            + " out_f64(0u, f64_normal_nan(f64_neg(a))); out_f64(1u, f64_normal_nan(f64_abs(a)));"
            + " out_f32(2u, f32_normal_nan(f32_neg(b))); out_f32(3u, f32_normal_nan(f32_abs(b)));"
            + " out_bool(4u, f64_is_zero(a)); out_bool(5u, f32_is_zero(b));"
            + " out_bool(6u, f32_lt(b, c)); out_bool(7u, f32_le(b, c));",
        3,
        8,
        v -> {
          float b = v.single();
          return new long[] {bits(v.real()), bits(b), bits(v.below(4) == 0 ? b : v.single())};
        },
        w -> {
          double a = Double.longBitsToDouble(w[0]);
          float b = Float.intBitsToFloat((int) w[1]);
          int c = FloatRules.compare(b, Float.intBitsToFloat((int) w[2]));
          return new long[] {
            Double.doubleToLongBits(-a),
            Double.doubleToLongBits(Math.abs(a)),
            floatBits(-b),
            floatBits(Math.abs(b)),
            a == 0 ? 1 : 0,
            b == 0 ? 1 : 0,
            c < 0 ? 1 : 0,
            c <= 0 ? 1 : 0
          };
        });
  }

  private static void addConversions(List<Probe> probes) {
    probes.add(
        new Probe(
            "f64_conversions",
            "double a = in_f64(0u); out_f32(0u, f64_to_f32(a)); out_i32(1u, f64_to_i32(a));"
                + " out_i64(2u, f64_to_i64(a));"
                + " int r = f64_to_i32_checked(a, -2147483648, 2147483647, overflow);"
                + " out_bool(3u, overflow); bool lost = false;"
                + " int64_t s = f64_to_i64_checked(a, lost); out_bool(4u, lost);",
            1,
            5,
            v -> new long[] {bits(v.real())},
            w -> {
              double a = Double.longBitsToDouble(w[0]);
              boolean i32 = Math.floor(a) <= Integer.MAX_VALUE && Math.ceil(a) >= Integer.MIN_VALUE;
              boolean i64 = Math.floor(a) <= 0x1p63 && Math.ceil(a) >= -0x1p63;
              return new long[] {floatBits((float) a), (int) a, (long) a, i32 ? 0 : 1, i64 ? 0 : 1};
            }));
    probes.add(
        new Probe(
            "integer_conversions",
            "int64_t a = in_i64(0u); out_f64(0u, i64_to_f64(a)); out_f32(1u, i64_to_f32(a));"
                + " out_f64(2u, i32_to_f64(int(a))); out_f32(3u, i32_to_f32(int(a)));"
                + " out_f64(4u, f32_to_f64(in_f32(1u)));",
            2,
            5,
            v -> new long[] {v.integer(64).longValue(), bits(v.single())},
            w -> {
              long a = w[0];
              float f = Float.intBitsToFloat((int) w[1]);
              return new long[] {
                bits((double) a),
                floatBits((float) a),
                bits((double) (int) a),
                floatBits((float) (int) a),
                Double.doubleToLongBits(f)
              };
            }));
  }

  private static Probe single(String operation, BinaryOperator<Float> twin) {
    return new Probe(
        "f32_" + operation,
        "out_f32(0u, f32_normal_nan(f32_" + operation + "(in_f32(0u), in_f32(1u))));",
        2,
        1,
        v -> new long[] {bits(v.single()), bits(v.single())},
        w ->
            new long[] {
              floatBits(
                  twin.apply(Float.intBitsToFloat((int) w[0]), Float.intBitsToFloat((int) w[1])))
            });
  }

  private static Probe real(String operation, DoubleBinaryOperator twin) {
    return new Probe(
        "f64_" + operation,
        "out_f64(0u, f64_normal_nan(f64_" + operation + "(in_f64(0u), in_f64(1u))));",
        2,
        1,
        v -> new long[] {bits(v.real()), bits(v.real())},
        w ->
            new long[] {
              Double.doubleToLongBits(
                  twin.applyAsDouble(Double.longBitsToDouble(w[0]), Double.longBitsToDouble(w[1])))
            });
  }

  private static Probe normal(String operation, DoubleBinaryOperator twin) {
    Probe any = real(operation, twin);
    return new Probe(
        any.name(),
        any.body(),
        2,
        1,
        v -> new long[] {bits(moderate(v)), bits(moderate(v))},
        any.twin());
  }

  private static double moderate(EdgeValues v) {
    double value = v.real();
    double size = Math.abs(value);
    return size == 0 || (size > 0x1p-400 && !(size >= 0x1p400)) || !(size <= Double.MAX_VALUE)
        ? value
        : 1.5;
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static long bits(float value) {
    return floatBits(value);
  }

  private static long floatBits(float value) {
    return Float.floatToIntBits(value) & 0xFFFFFFFFL;
  }
}

// SPDX-License-Identifier: Apache-2.0
//
// Floating point numbers rounded to a decimal place, as java.math.BigDecimal rounds their text. No zero has a sign then.
//
//   double round_f64(double a, Digits d, int places, uint direction)     d: the digits of a; a direction of rounding.glsl;
//   float round_f32(float a, Digits d, int places, uint direction)       what is not finite stays as it is
//
// Back to binary without long integers: of a number below 2^64 times a power of ten, the product with 128 bits of the
// power of five is never so close to what is halfway between two numbers that the error of the power matters, unless it
// is there exactly (PowersOfFiveTest proves it; the idea is of Mushtak and Lemire, Fast Number Parsing Without Fallback,
// 2022). Which it can be for the powers that 128 bits hold, and for quotients by those that 64 bits hold.
#ifndef KRONOS_ROUND_DIGITS_GLSL
#define KRONOS_ROUND_DIGITS_GLSL

#include "abi.glsl"
#include "digits.glsl"
#include "float.glsl"
#include "int128.glsl"
#include "pow5.glsl"
#include "rounding.glsl"

Digits round_digits(Digits d, bool negative, int places, uint direction) {
  int drop = -places - d.exponent;
  if (drop <= 0) {
    return d;
  }
  uint64_t unit = u64_pow10(uint(min(drop, 19)));
  uint64_t cut = drop > 19 ? 0ul : d.value / unit;
  uint64_t rest = d.value - cut * unit;
  // All digits together are less than half of 10^20.
  int half_ = drop > 19 ? -1 : int(rest > unit - rest) - int(rest < unit - rest);
  cut += round_up(negative, rest != 0ul, half_, (cut & 1ul) != 0ul, direction) ? 1ul : 0ul;
  return Digits(cut, 1u, -places);
}

// value * 10^power = m * 2^exponent, with at least 64 bits in m.
u128 round_binary(uint64_t value, int power, out int exponent, out bool sticky) {
  uint shift = u64_clz(value | 1ul);
  uint64_t top = value << shift;
  if (power < 0 && power >= -27) {
    uint64_t rest;
    u128 quotient = u128_divmod_u64(u128(0ul, top), u64_pow5(uint(-power)), rest);
    sticky = rest != 0ul;
    exponent = power - 64 - int(shift);
    return quotient;
  }
  u128 factor = pow5_power(power);
  u128 low = u128_mul_u64(top, factor.lo);
  sticky = low.lo != 0ul || power < 0 || power > 55;
  exponent = power + pow5_log2(power) - 63 - int(shift);
  return u128_add(u128_mul_u64(top, factor.hi), u128(low.hi, 0ul));
}

double round_f64(double a, Digits d, int places, uint direction) {
  if (!f64_is_finite(a)) {
    return a;
  }
  bool negative = (f64_bits(a) & F64_SIGN) != 0ul;
  Digits r = round_digits(d, negative, places, direction);
  int exponent;
  bool sticky;
  u128 m = round_binary(r.value, r.exponent, exponent, sticky);
  return r.value == 0ul ? 0.0lf : f64_from_parts(m, sticky, exponent, negative);
}

float round_f32(float a, Digits d, int places, uint direction) {
  if ((f32_bits(a) & ~F32_SIGN) >= F32_INFINITY) {
    return a;
  }
  bool negative = (f32_bits(a) & F32_SIGN) != 0u;
  Digits r = round_digits(d, negative, places, direction);
  int exponent;
  bool sticky;
  u128 m = round_binary(r.value, r.exponent, exponent, sticky);
  return r.value == 0ul ? 0.0f : f32_from_parts(m, sticky, exponent, negative);
}

#endif

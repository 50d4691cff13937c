// SPDX-License-Identifier: Apache-2.0
//
// What generated expression code needs beside the type libraries. Every function is total: generated code computes
// the values of null rows too and must never trap.
//
//   int i8_wrap(int a)   int i16_wrap(int a)                        low bits, sign-extended
//   T_quotient(a, b)   T_remainder(a, b)                            T is i32 or i64; truncating, wrap; anything for b = 0
//   T_div_half_up(a, b)                                             rounded half away from zero; anything for b = 0
//   int64_t i64_floor_div(int64_t a, int64_t b)                     b > 0
//   int64_t i64_saturating_micros(int64_t seconds)                  seconds to microseconds, saturating
//   bool dec128_idiv_refused(i128 a, uint pa, uint sa, i128 b, uint pb, uint sb)
//                                                                   Spark's arithmetic refuses this integral quotient
//   i128 dec128_sign_changed(i128 before, i128 after, uint p, inout bool overflow)
//                                                                   Spark's result where a decimal's sign changes
//   Str expression_literal_str(uint64_t table, uint64_t slots, uint i)
//                                                                   i-th slot from `slots`, offset relative to `table`
#ifndef KRONOS_EXPRESSION_GLSL
#define KRONOS_EXPRESSION_GLSL

#include "abi.glsl"
#include "int128.glsl"
#include "decimal.glsl"
#include "types.glsl"

int i8_wrap(int a) {
  return (a << 24) >> 24;
}

int i16_wrap(int a) {
  return (a << 16) >> 16;
}

// Divisors 0 and -1 are replaced, not branched around: a device that runs both sides of a branch under a mask, such
// as a processor, would still trap on them.
int i32_quotient(int a, int b) {
  bool odd = b == 0 || b == -1;
  int q = a / (odd ? 1 : b);
  return b == -1 ? int(~uint(a) + 1u) : q;
}

int64_t i64_quotient(int64_t a, int64_t b) {
  bool odd = b == 0l || b == -1l;
  int64_t q = a / (odd ? 1l : b);
  return b == -1l ? int64_t(~uint64_t(a) + 1ul) : q;
}

int i32_remainder(int a, int b) {
  return a - i32_quotient(a, b) * b;
}

int64_t i64_remainder(int64_t a, int64_t b) {
  return a - i64_quotient(a, b) * b;
}

int i32_div_half_up(int a, int b) {
  int q = i32_quotient(a, b);
  uint rest = uint(abs(a - q * b));
  if (uint(abs(b)) - rest <= rest) {
    q += (a ^ b) < 0 ? -1 : 1;
  }
  return q;
}

int64_t i64_div_half_up(int64_t a, int64_t b) {
  int64_t q = i64_quotient(a, b);
  uint64_t rest = uint64_t(abs(a - q * b));
  if (uint64_t(abs(b)) - rest <= rest) {
    q += (a ^ b) < 0l ? -1l : 1l;
  }
  return q;
}

int64_t i64_floor_div(int64_t a, int64_t b) {
  int64_t q = i64_quotient(a, b);
  return q * b > a ? q - 1l : q;
}

int64_t i64_saturating_micros(int64_t seconds) {
  const int64_t limit = 9223372036854l;
  if (seconds > limit) {
    return 9223372036854775807l;
  }
  if (seconds < -limit) {
    return -9223372036854775807l - 1l;
  }
  return seconds * 1000000l;
}

bool dec128_idiv_refused(i128 a, uint pa, uint sa, i128 b, uint pb, uint sb) {
  uint m = max(sa, sb);
  u128 rest;
  return dec_quotient_refused(
      dec_divmod(i128_magnitude(a), pa, m - sa, i128_magnitude(b), pb, m - sb, rest));
}

// Spark changes signs of decimals in a context of 34 digits and rounds longer ones half even.
i128 dec128_sign_changed(i128 before, i128 after, uint p, inout bool overflow) {
  u128 m = i128_magnitude(after);
  if (i128_eq(before, after) || u128_lt(m, u128_pow10(34u))) {
    return after;
  }
  uint excess = 1u;
  while (excess < 4u && !u128_lt(m, u128_pow10(34u + excess))) {
    excess++;
  }
  uint64_t unit = u64_pow10(excess);
  uint64_t rest;
  u128 q = u128_divmod_u64(m, unit, rest);
  if (rest * 2ul > unit || (rest * 2ul == unit && (q.lo & 1ul) != 0ul)) {
    q = u128_add(q, u128(1ul, 0ul));
  }
  m = u256_low(u128_mul_wide(q, u128(unit, 0ul)));
  overflow = overflow || !u128_fits_precision(m, p);
  return i128_from_magnitude(m, after.hi < 0l);
}

Str expression_literal_str(uint64_t table, uint64_t slots, uint i) {
  Str s = literal_str(slots, i);
  s.address += table;
  return s;
}

#endif

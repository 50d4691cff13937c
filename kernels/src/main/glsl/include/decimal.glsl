// SPDX-License-Identifier: Apache-2.0
//
// Spark's decimals. A decimal(p, s) is its unscaled value, |a| < 10^p, in an i128 (dec128_*) or, for p <= 18, an
// int64_t (dec64_*). Every precision and scale argument is a plan-time constant: write it as a literal, so that
// branches on it fold away.
//
// Rounding is HALF_UP (away from zero on ties), of the exact result, once. Spark 4 computes products and quotients
// truncated to 39 digits before it rounds to the result type; as a result has at most 38 digits, truncation keeps
// the digit that decides, so a single rounding of the exact value is the same.
//
// Overflow: when the result needs more than p digits, true is ORed into `overflow` and the value is meaningless.
// The caller decides: ANSI -> row_error(ROW_DECIMAL_PRECISION); otherwise the result is NULL.
// Division by zero is the caller's test too: dec128_div, _rem and _idiv require b != 0.
//
//   i128 dec128_add(i128 a, uint pa, uint sa, i128 b, uint pb, uint sb, uint p, uint s, inout bool overflow)   s <= max(sa, sb)
//   i128 dec128_sub(same)    i128 dec128_mul(same; s <= sa + sb)    i128 dec128_div(same)    i128 dec128_rem(same; s <= max(sa, sb))
//   int64_t dec128_idiv(i128 a, uint pa, uint sa, i128 b, uint pb, uint sb, inout bool overflow)    Spark's `div`: result BIGINT
//   (negate and absolute value: i128_neg, i128_abs; compare equal scales: i128_compare, i128_eq, i128_lt, i128_le)
// Narrow forms, for operands and results that stay in 64 bits
//   int64_t dec64_add/dec64_sub(int64_t a, uint sa, int64_t b, uint sb, uint p)   needs max scaled precision + 1 <= 18; exact, s = max(sa, sb); never overflows
//   i128 dec64_mul_wide(int64_t a, int64_t b)                                       exact, s = sa + sb, p <= 36; never overflows
//   int64_t dec64_cast(int64_t a, uint pa, uint sa, uint p, uint s, inout bool overflow)   needs pa + max(s - sa, 0) <= 18 and p <= 18
// Conversion
//   i128 dec128_cast(i128 a, uint pa, uint sa, uint p, uint s, inout bool overflow)   decimal -> decimal
//   i128 dec128_from_i64(int64_t a, uint p, uint s, inout bool overflow)              integer -> decimal
//   i128 dec128_make(int64_t unscaled, uint p, inout bool overflow)                   MakeDecimal: unscaled long -> decimal
//   int64_t dec128_to_i64(i128 a, uint s)                                             truncated, low 64 bits: non-ANSI cast (byte, short, int: wrap it)
//   int64_t dec128_to_i64_checked(i128 a, uint s, inout bool overflow)                ANSI cast to BIGINT
//   int dec128_to_i32_checked(i128 a, uint s, int low, int high, inout bool overflow) ANSI cast of a value Spark holds as a long (p <= 18 column)
//   int dec128_to_i32_rounded(i128 a, uint s, int low, int high, inout bool overflow) ANSI cast of a value Spark holds as a BigDecimal: it goes through double
//   double dec128_to_f64(i128 a, uint s)   float dec128_to_f32(i128 a, uint s)        correctly rounded
// Not here: double -> decimal and float -> decimal. Spark takes the digits of Double.toString, whose output differs between Java releases.
#ifndef KRONOS_DECIMAL_GLSL
#define KRONOS_DECIMAL_GLSL

#include "abi.glsl"
#include "int128.glsl"
#include "float.glsl"

// ---- rescaling

i128 dec128_upscale(i128 a, uint k) {
  if (k == 0u) {
    return a;
  }
  u128 p = u128_pow10(k);
  return i128_mul(a, i128(p.lo, int64_t(p.hi)));
}

i128 dec128_cast(i128 a, uint pa, uint sa, uint p, uint s, inout bool overflow) {
  if (s >= sa) {
    uint up = s - sa;
    i128 r = pa + up <= 38u ? dec128_upscale(a, up) : i128_mul_pow10_checked(a, up, overflow);
    if (pa + up > p) {
      overflow = overflow || !i128_fits_precision(r, p);
    }
    return r;
  }
  uint drop = sa - s;
  i128 r = i128_div_pow10_half_up(a, drop);
  // Rounding may carry into one digit more.
  if (pa >= p + drop) {
    overflow = overflow || !i128_fits_precision(r, p);
  }
  return r;
}

// n / 10^drop, drop 0..76, rounded and checked against 10^p.
u128 dec_round_u256(u256 n, uint drop, uint p, inout bool overflow) {
  u256 q = n;
  bool up = false;
  if (drop > 38u) {
    // 10^drop / 2 is a multiple of 10^38, so the digits dropped first cannot decide.
    u128 rest;
    q = u256_divmod_u128(q, u128_pow10(38u), rest);
    u128 d = u128_pow10(drop - 38u);
    q = u256_divmod_u128(q, d, rest);
    up = u128_le(u128_sub(d, rest), rest);
  } else if (drop > 0u) {
    u128 rest;
    u128 d = u128_pow10(drop);
    q = u256_divmod_u128(q, d, rest);
    up = u128_le(u128_sub(d, rest), rest);
  }
  u128 r = u256_low(q);
  if (up) {
    r = u128_add(r, u128(1ul, 0ul));
  }
  overflow = overflow || (q.w2 | q.w3) != 0ul || !u128_fits_precision(r, p);
  return r;
}

// ---- addition

u256 dec_scaled_u256(i128 a, uint up) {
  u256 m = up == 0u ? u256_from_u128(i128_magnitude(a)) : u128_mul_wide(i128_magnitude(a), u128_pow10(up));
  if (a.hi < 0l) {
    m = u256_neg(m);
  }
  return m;
}

i128 dec_add_wide(i128 a, uint ua, i128 b, uint ub, uint drop, uint p, inout bool overflow) {
  u256 sum = u256_add(dec_scaled_u256(a, ua), dec_scaled_u256(b, ub));
  bool negative = int64_t(sum.w3) < 0l;
  if (negative) {
    sum = u256_neg(sum);
  }
  return i128_from_magnitude(dec_round_u256(sum, drop, p, overflow), negative);
}

i128 dec128_add(
    i128 a, uint pa, uint sa, i128 b, uint pb, uint sb, uint p, uint s, inout bool overflow) {
  uint m = max(sa, sb);
  uint ua = m - sa;
  uint ub = m - sb;
  uint drop = m - s;
  uint digits = max(pa + ua, pb + ub);
  // With 38 digits the sum may need 128 bits and a sign: an overflow then, unless digits are dropped.
  if (digits + (drop == 0u ? 0u : 1u) > 38u) {
    return dec_add_wide(a, ua, b, ub, drop, p, overflow);
  }
  i128 r = i128_add_checked(dec128_upscale(a, ua), dec128_upscale(b, ub), overflow);
  r = i128_div_pow10_half_up(r, drop);
  if (digits + 1u > p + drop) {
    overflow = overflow || !i128_fits_precision(r, p);
  }
  return r;
}

i128 dec128_sub(
    i128 a, uint pa, uint sa, i128 b, uint pb, uint sb, uint p, uint s, inout bool overflow) {
  return dec128_add(a, pa, sa, i128_neg(b), pb, sb, p, s, overflow);
}

int64_t dec64_add(int64_t a, uint sa, int64_t b, uint sb, uint p) {
  uint m = max(sa, sb);
  return a * int64_t(u64_pow10(m - sa)) + b * int64_t(u64_pow10(m - sb));
}

int64_t dec64_sub(int64_t a, uint sa, int64_t b, uint sb, uint p) {
  uint m = max(sa, sb);
  return a * int64_t(u64_pow10(m - sa)) - b * int64_t(u64_pow10(m - sb));
}

int64_t dec64_cast(int64_t a, uint pa, uint sa, uint p, uint s, inout bool overflow) {
  int64_t r = a;
  uint drop = sa > s ? sa - s : 0u;
  if (s > sa) {
    r = a * int64_t(u64_pow10(s - sa));
  } else if (drop > 18u) {
    r = 0l;
  } else if (drop > 0u) {
    uint64_t m = uint64_t(abs(a));
    uint64_t d = u64_pow10(drop);
    m = (m + (d >> 1)) / d;
    r = a < 0l ? -int64_t(m) : int64_t(m);
  }
  overflow = overflow || !i64_fits_precision(r, p);
  return r;
}

// ---- multiplication

i128 dec64_mul_wide(int64_t a, int64_t b) {
  return i128_mul_i64(a, b);
}

i128 dec_mul_wide(i128 a, i128 b, uint drop, uint p, inout bool overflow) {
  bool negative = (a.hi ^ b.hi) < 0l;
  u128 m;
  if (drop == 0u) {
    m = u128_mul_checked(i128_magnitude(a), i128_magnitude(b), overflow);
    overflow = overflow || !u128_fits_precision(m, p);
  } else {
    u256 wide = u128_mul_wide(i128_magnitude(a), i128_magnitude(b));
    m = dec_round_u256(wide, drop, p, overflow);
  }
  return i128_from_magnitude(m, negative);
}

i128 dec128_mul(
    i128 a, uint pa, uint sa, i128 b, uint pb, uint sb, uint p, uint s, inout bool overflow) {
  uint drop = sa + sb - s;
  if (pa + pb > 38u) {
    return dec_mul_wide(a, b, drop, p, overflow);
  }
  i128 r;
  if (pa <= 18u && pb <= 18u) {
    r = i128_mul_i64(i128_to_i64(a), i128_to_i64(b));
  } else {
    r = i128_mul(a, b);
  }
  // drop <= sa + sb <= pa + pb <= 38.
  r = i128_div_pow10_half_up(r, drop);
  if (pa + pb + (drop == 0u ? 0u : 1u) > p + drop) {
    overflow = overflow || !i128_fits_precision(r, p);
  }
  return r;
}

// ---- division

u128 dec_div_wide(u256 n, u128 d, uint p, inout bool overflow) {
  u128 rest;
  u256 q = u256_divmod_u128(n, d, rest);
  u128 r = u256_low(q);
  if (u128_le(u128_sub(d, rest), rest)) {
    r = u128_add(r, u128(1ul, 0ul));
  }
  overflow = overflow || (q.w2 | q.w3) != 0ul || !u128_fits_precision(r, p);
  return r;
}

// |a| / (|b| * 10^k): only for result scales below Spark's own.
u128 dec_div_down(u128 n, u128 b, uint k) {
  u256 d = u128_mul_wide(b, u128_pow10(k));
  if ((d.w2 | d.w3) == 0ul) {
    return u128_div_half_up(n, u256_low(d));
  }
  u256 gap = u256_sub(d, u256_from_u128(n));
  return u128(u256_lt(u256_from_u128(n), gap) ? 0ul : 1ul, 0ul);
}

u128 dec_div_up(u128 n, uint pa, u128 d, uint k, uint p, inout bool overflow) {
  if (pa + k <= 38u) {
    u128 scaled = k == 0u ? n : u256_low(u128_mul_wide(n, u128_pow10(k)));
    u128 r = u128_div_half_up(scaled, d);
    overflow = overflow || !u128_fits_precision(r, p);
    return r;
  }
  if (k <= 38u) {
    return dec_div_wide(u128_mul_wide(n, u128_pow10(k)), d, p, overflow);
  }
  // The quotient reaches 10^38 exactly when n * 10^(k - 38) reaches d.
  u256 part = u128_mul_wide(n, u128_pow10(k - 38u));
  if (!u256_lt(part, u256_from_u128(d))) {
    overflow = true;
    return u128(0ul, 0ul);
  }
  return dec_div_wide(u128_mul_wide(u256_low(part), u128_pow10(38u)), d, p, overflow);
}

i128 dec128_div(
    i128 a, uint pa, uint sa, i128 b, uint pb, uint sb, uint p, uint s, inout bool overflow) {
  bool negative = (a.hi ^ b.hi) < 0l;
  u128 n = i128_magnitude(a);
  u128 d = i128_magnitude(b);
  u128 r;
  if (s + sb >= sa) {
    r = dec_div_up(n, pa, d, s + sb - sa, p, overflow);
  } else {
    r = dec_div_down(n, d, sa - s - sb);
    overflow = overflow || !u128_fits_precision(r, p);
  }
  return i128_from_magnitude(r, negative);
}

// Spark divides with 39 digits. An integral quotient with more is refused unless the further ones are zeros.
bool dec_quotient_refused(u256 q) {
  u256 limit = u128_mul_wide(u128_pow10(38u), u128(10ul, 0ul));
  bool refused = false;
  while (!refused && !u256_lt(q, limit)) {
    uint64_t digit;
    q = u256_divmod_u64(q, 10ul, digit);
    refused = digit != 0ul;
  }
  return refused;
}

// Integral quotient and remainder (at scale max(sa, sb)) of magnitudes.
u256 dec_divmod(u128 a, uint pa, uint ua, u128 b, uint pb, uint ub, out u128 rest) {
  if (pa + ua <= 38u && pb + ub <= 38u) {
    u128 n = ua == 0u ? a : u256_low(u128_mul_wide(a, u128_pow10(ua)));
    u128 d = ub == 0u ? b : u256_low(u128_mul_wide(b, u128_pow10(ub)));
    return u256_from_u128(u128_divmod(n, d, rest));
  }
  if (ub == 0u) {
    u256 n = ua == 0u ? u256_from_u128(a) : u128_mul_wide(a, u128_pow10(ua));
    return u256_divmod_u128(n, b, rest);
  }
  u256 d = u128_mul_wide(b, u128_pow10(ub));
  if ((d.w2 | d.w3) != 0ul) {
    rest = a;
    return u256(0ul, 0ul, 0ul, 0ul);
  }
  return u256_from_u128(u128_divmod(a, u256_low(d), rest));
}

i128 dec128_rem(
    i128 a, uint pa, uint sa, i128 b, uint pb, uint sb, uint p, uint s, inout bool overflow) {
  uint m = max(sa, sb);
  u128 rest;
  u256 q = dec_divmod(i128_magnitude(a), pa, m - sa, i128_magnitude(b), pb, m - sb, rest);
  if (pa + m - sa > 38u) {
    overflow = overflow || dec_quotient_refused(q);
  }
  uint drop = m - s;
  if (drop > 0u) {
    rest = u128_div_half_up(rest, u128_pow10(drop));
  }
  overflow = overflow || !u128_fits_precision(rest, p);
  return i128_from_magnitude(rest, a.hi < 0l);
}

int64_t dec128_idiv(i128 a, uint pa, uint sa, i128 b, uint pb, uint sb, inout bool overflow) {
  uint m = max(sa, sb);
  u128 rest;
  u256 q = dec_divmod(i128_magnitude(a), pa, m - sa, i128_magnitude(b), pb, m - sb, rest);
  uint p = clamp(pa + sb - sa, 1u, 38u);
  overflow = overflow || (q.w2 | q.w3) != 0ul || !u128_fits_precision(u256_low(q), p);
  return i128_to_i64(i128_from_magnitude(u256_low(q), (a.hi ^ b.hi) < 0l));
}

// ---- conversion

i128 dec128_from_i64(int64_t a, uint p, uint s, inout bool overflow) {
  return dec128_cast(i128_from_i64(a), 19u, 0u, p, s, overflow);
}

i128 dec128_make(int64_t unscaled, uint p, inout bool overflow) {
  overflow = overflow || !i64_fits_precision(unscaled, p);
  return i128_from_i64(unscaled);
}

int64_t dec128_to_i64(i128 a, uint s) {
  return i128_to_i64(i128_div_pow10_trunc(a, s));
}

int64_t dec128_to_i64_checked(i128 a, uint s, inout bool overflow) {
  i128 r = i128_div_pow10_trunc(a, s);
  overflow = overflow || !i128_fits_i64(r);
  return i128_to_i64(r);
}

int dec128_to_i32_checked(i128 a, uint s, int low, int high, inout bool overflow) {
  i128 r = i128_div_pow10_trunc(a, s);
  int64_t value = i128_to_i64(r);
  overflow = overflow || !i128_fits_i64(r) || value < int64_t(low) || value > int64_t(high);
  return int(value);
}

// |a| / 10^s = q * 2^exponent, with at least 64 bits in q unless it is exact.
u128 dec_binary(u128 m, uint s, out int exponent, out bool sticky) {
  exponent = 0;
  sticky = false;
  if (s == 0u || u128_is_zero(m)) {
    return m;
  }
  uint shift = u128_clz(m);
  m = u128_shl(m, shift);
  u128 d = u128_pow10(s);
  if (s <= 19u) {
    uint64_t rest;
    exponent = -int(shift);
    u128 q = u128_divmod_u64(m, d.lo, rest);
    sticky = rest != 0ul;
    return q;
  }
  u128 rest;
  exponent = -int(shift) - 64;
  u256 q = u256_divmod_u128(u256(0ul, m.lo, m.hi, 0ul), d, rest);
  sticky = !u128_is_zero(rest);
  return u256_low(q);
}

double dec128_to_f64(i128 a, uint s) {
  int exponent;
  bool sticky;
  u128 q = dec_binary(i128_magnitude(a), s, exponent, sticky);
  return f64_from_parts(q, sticky, exponent, a.hi < 0l);
}

float dec128_to_f32(i128 a, uint s) {
  int exponent;
  bool sticky;
  u128 q = dec_binary(i128_magnitude(a), s, exponent, sticky);
  return f32_from_parts(q, sticky, exponent, a.hi < 0l);
}

int dec128_to_i32_rounded(i128 a, uint s, int low, int high, inout bool overflow) {
  return f64_to_i32_checked(dec128_to_f64(a, s), low, high, overflow);
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// 128- and 256-bit integers in 64-bit limbs, two's complement, little-endian.
// Functions without "checked" wrap. "checked" ones OR true into `overflow`; the value is then meaningless.
//
//   struct i128 { uint64_t lo; int64_t hi; }   struct u128 { uint64_t lo, hi; }   struct u256 { uint64_t w0, w1, w2, w3; }
//
// Making and taking apart
//   i128 i128_make(uint64_t lo, int64_t hi)       i128 i128_from_i64(int64_t a)       i128 i128_from_u64(uint64_t a)
//   i128 i128_from_i32(int a)                     int64_t i128_to_i64(i128 a)   (low 64 bits)
//   int64_t i64_from_i32(int a)                   use it in place of int64_t(a): see there
//   bool i128_fits_i64(i128 a)                    bool i128_is_zero(i128 a)           bool i128_is_negative(i128 a)
//   u128 u128_make(uint64_t lo, uint64_t hi)      u128 u128_from_u64(uint64_t a)      bool u128_is_zero(u128 a)
//   u128 i128_magnitude(i128 a)                   i128 i128_from_magnitude(u128 m, bool negative)
// Arithmetic
//   i128 i128_neg(i128 a)   i128 i128_abs(i128 a)   i128 i128_add(i128, i128)   i128 i128_sub(i128, i128)   i128 i128_mul(i128, i128)
//   i128 i128_add_checked(i128 a, i128 b, inout bool overflow)    i128 i128_sub_checked(...)    i128 i128_mul_checked(...)
//   i128 i128_mul_i64(int64_t a, int64_t b)   (exact)             i128 i128_div(i128 a, i128 b)   i128 i128_rem(i128 a, i128 b)   (truncate; b != 0)
//   int64_t i64_add_checked(int64_t, int64_t, inout bool overflow)   i64_sub_checked   i64_mul_checked   i64_neg_checked(a, inout)
//   int i32_add_checked(int, int, inout bool overflow)               i32_sub_checked   i32_mul_checked   i32_neg_checked(a, inout)
//   u128 u128_add(u128, u128)   u128 u128_sub(u128, u128)   u128 u128_shl(u128 a, uint n)   u128 u128_shr(u128 a, uint n)   (n < 128)
//   u128 u128_mul_u64(uint64_t a, uint64_t b)   (exact)     u256 u128_mul_wide(u128 a, u128 b)   (exact)
//   uint64_t u128_divmod_2by1(uint64_t hi, uint64_t lo, uint64_t d, out uint64_t r)   (hi < d)
//   u128 u128_divmod_u64(u128 n, uint64_t d, out uint64_t r)   u128 u128_divmod(u128 n, u128 d, out u128 r)   (d != 0)
//   u256 u256_make(w0, w1, w2, w3)   u256 u256_from_u128(u128)   u128 u256_low(u256)   u128 u256_high(u256)
//   u256 u256_add(u256, u256)   u256 u256_sub(u256, u256)   u256 u256_neg(u256)   u256 u256_divmod_u128(u256 n, u128 d, out u128 r)
//   uint u64_clz(uint64_t a)   (64 for 0)   uint u128_clz(u128 a)
// Comparison
//   int i128_compare(i128, i128)   (-1, 0, 1)   bool i128_eq, i128_lt, i128_le(i128, i128)
//   int u128_compare(u128, u128)   bool u128_eq, u128_lt, u128_le(u128, u128)   bool u256_lt(u256, u256)
// Powers of ten: k is 0..38 and should be a constant, for then it folds away
//   u128 u128_pow10(uint k)    uint64_t u64_pow10(uint k)   (k 0..19)
//   i128 i128_mul_pow10_checked(i128 a, uint k, inout bool overflow)
//   i128 i128_div_pow10_half_up(i128 a, uint k)    i128 i128_div_pow10_trunc(i128 a, uint k)
//   bool i128_fits_precision(i128 a, uint p)   (|a| < 10^p, p 1..38)    bool i64_fits_precision(int64_t a, uint p)   (p 1..38)
//   u128 u128_div_half_up(u128 n, u128 d)
#ifndef KRONOS_INT128_GLSL
#define KRONOS_INT128_GLSL

#include "abi.glsl"

struct i128 {
  uint64_t lo;
  int64_t hi;
};

struct u128 {
  uint64_t lo;
  uint64_t hi;
};

struct u256 {
  uint64_t w0;
  uint64_t w1;
  uint64_t w2;
  uint64_t w3;
};

const uint64_t U64_MAX = 0xFFFFFFFFFFFFFFFFul;
const uint64_t U64_LOW = 0xFFFFFFFFul;

// ---- making and taking apart

i128 i128_make(uint64_t lo, int64_t hi) {
  return i128(lo, hi);
}

i128 i128_from_i64(int64_t a) {
  return i128(uint64_t(a), a >> 63);
}

// Widen with this, not with int64_t(a): Mesa 22.3's optimiser compares a sign-extended 32-bit integer with a constant
// as if the bounds of int were unsigned, so that int64_t(a) < 5l is false for every a. Packing hides the extension.
int64_t i64_from_i32(int a) {
  return packInt2x32(i32vec2(a, a >> 31));
}

i128 i128_from_i32(int a) {
  return i128_from_i64(i64_from_i32(a));
}

i128 i128_from_u64(uint64_t a) {
  return i128(a, 0l);
}

int64_t i128_to_i64(i128 a) {
  return int64_t(a.lo);
}

bool i128_fits_i64(i128 a) {
  return a.hi == (int64_t(a.lo) >> 63);
}

bool i128_is_zero(i128 a) {
  return (a.lo | uint64_t(a.hi)) == 0ul;
}

bool i128_is_negative(i128 a) {
  return a.hi < 0l;
}

u128 u128_make(uint64_t lo, uint64_t hi) {
  return u128(lo, hi);
}

u128 u128_from_u64(uint64_t a) {
  return u128(a, 0ul);
}

bool u128_is_zero(u128 a) {
  return (a.lo | a.hi) == 0ul;
}

i128 i128_neg(i128 a) {
  uint64_t lo = ~a.lo + 1ul;
  return i128(lo, int64_t(~uint64_t(a.hi) + uint64_t(lo == 0ul)));
}

u128 i128_magnitude(i128 a) {
  if (a.hi < 0l) {
    a = i128_neg(a);
  }
  return u128(a.lo, uint64_t(a.hi));
}

i128 i128_abs(i128 a) {
  if (a.hi < 0l) {
    return i128_neg(a);
  }
  return a;
}

i128 i128_from_magnitude(u128 m, bool negative) {
  i128 a = i128(m.lo, int64_t(m.hi));
  if (negative) {
    a = i128_neg(a);
  }
  return a;
}

u256 u256_make(uint64_t w0, uint64_t w1, uint64_t w2, uint64_t w3) {
  return u256(w0, w1, w2, w3);
}

u256 u256_from_u128(u128 a) {
  return u256(a.lo, a.hi, 0ul, 0ul);
}

u128 u256_low(u256 a) {
  return u128(a.w0, a.w1);
}

u128 u256_high(u256 a) {
  return u128(a.w2, a.w3);
}

// ---- comparison

bool i128_eq(i128 a, i128 b) {
  return a.lo == b.lo && a.hi == b.hi;
}

bool i128_lt(i128 a, i128 b) {
  return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo);
}

bool i128_le(i128 a, i128 b) {
  return a.hi < b.hi || (a.hi == b.hi && a.lo <= b.lo);
}

int i128_compare(i128 a, i128 b) {
  return int(i128_lt(b, a)) - int(i128_lt(a, b));
}

bool u128_eq(u128 a, u128 b) {
  return a.lo == b.lo && a.hi == b.hi;
}

bool u128_lt(u128 a, u128 b) {
  return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo);
}

bool u128_le(u128 a, u128 b) {
  return a.hi < b.hi || (a.hi == b.hi && a.lo <= b.lo);
}

int u128_compare(u128 a, u128 b) {
  return int(u128_lt(b, a)) - int(u128_lt(a, b));
}

bool u256_lt(u256 a, u256 b) {
  if (a.w3 != b.w3 || a.w2 != b.w2) {
    return u128_lt(u128(a.w2, a.w3), u128(b.w2, b.w3));
  }
  return u128_lt(u128(a.w0, a.w1), u128(b.w0, b.w1));
}

// ---- addition and shifts

u128 u128_add(u128 a, u128 b) {
  uint64_t lo = a.lo + b.lo;
  return u128(lo, a.hi + b.hi + uint64_t(lo < a.lo));
}

u128 u128_sub(u128 a, u128 b) {
  return u128(a.lo - b.lo, a.hi - b.hi - uint64_t(a.lo < b.lo));
}

i128 i128_add(i128 a, i128 b) {
  uint64_t lo = a.lo + b.lo;
  return i128(lo, int64_t(uint64_t(a.hi) + uint64_t(b.hi) + uint64_t(lo < a.lo)));
}

i128 i128_sub(i128 a, i128 b) {
  return i128(a.lo - b.lo, int64_t(uint64_t(a.hi) - uint64_t(b.hi) - uint64_t(a.lo < b.lo)));
}

i128 i128_add_checked(i128 a, i128 b, inout bool overflow) {
  i128 r = i128_add(a, b);
  overflow = overflow || ((a.hi ^ r.hi) & (b.hi ^ r.hi)) < 0l;
  return r;
}

i128 i128_sub_checked(i128 a, i128 b, inout bool overflow) {
  i128 r = i128_sub(a, b);
  overflow = overflow || ((a.hi ^ b.hi) & (a.hi ^ r.hi)) < 0l;
  return r;
}

int64_t i64_add_checked(int64_t a, int64_t b, inout bool overflow) {
  int64_t r = int64_t(uint64_t(a) + uint64_t(b));
  overflow = overflow || ((a ^ r) & (b ^ r)) < 0l;
  return r;
}

int64_t i64_sub_checked(int64_t a, int64_t b, inout bool overflow) {
  int64_t r = int64_t(uint64_t(a) - uint64_t(b));
  overflow = overflow || ((a ^ b) & (a ^ r)) < 0l;
  return r;
}

int64_t i64_neg_checked(int64_t a, inout bool overflow) {
  int64_t r = int64_t(~uint64_t(a) + 1ul);
  overflow = overflow || (a & r) < 0l;
  return r;
}

int i32_add_checked(int a, int b, inout bool overflow) {
  int r = int(uint(a) + uint(b));
  overflow = overflow || ((a ^ r) & (b ^ r)) < 0;
  return r;
}

int i32_sub_checked(int a, int b, inout bool overflow) {
  int r = int(uint(a) - uint(b));
  overflow = overflow || ((a ^ b) & (a ^ r)) < 0;
  return r;
}

int i32_mul_checked(int a, int b, inout bool overflow) {
  int64_t r = i64_from_i32(a) * i64_from_i32(b);
  overflow = overflow || r != i64_from_i32(int(r));
  return int(r);
}

int i32_neg_checked(int a, inout bool overflow) {
  int r = int(~uint(a) + 1u);
  overflow = overflow || (a & r) < 0;
  return r;
}

u128 u128_shl(u128 a, uint n) {
  if (n == 0u) {
    return a;
  }
  if (n >= 64u) {
    return u128(0ul, a.lo << (n - 64u));
  }
  return u128(a.lo << n, (a.hi << n) | (a.lo >> (64u - n)));
}

u128 u128_shr(u128 a, uint n) {
  if (n == 0u) {
    return a;
  }
  if (n >= 64u) {
    return u128(a.hi >> (n - 64u), 0ul);
  }
  return u128((a.lo >> n) | (a.hi << (64u - n)), a.hi >> n);
}

uint u64_clz(uint64_t a) {
  uint hi = uint(a >> 32);
  uint lo = uint(a);
  // findMSB(0u) is -1, so an empty half counts 32 zeros.
  return hi != 0u ? uint(31 - findMSB(hi)) : uint(63 - findMSB(lo));
}

uint u128_clz(u128 a) {
  return a.hi != 0ul ? u64_clz(a.hi) : 64u + u64_clz(a.lo);
}

u256 u256_add(u256 a, u256 b) {
  u128 lo = u128_add(u128(a.w0, a.w1), u128(b.w0, b.w1));
  u128 hi = u128_add(u128(a.w2, a.w3), u128(b.w2, b.w3));
  if (u128_lt(lo, u128(a.w0, a.w1))) {
    hi = u128_add(hi, u128(1ul, 0ul));
  }
  return u256(lo.lo, lo.hi, hi.lo, hi.hi);
}

u256 u256_sub(u256 a, u256 b) {
  u128 lo = u128_sub(u128(a.w0, a.w1), u128(b.w0, b.w1));
  u128 hi = u128_sub(u128(a.w2, a.w3), u128(b.w2, b.w3));
  if (u128_lt(u128(a.w0, a.w1), u128(b.w0, b.w1))) {
    hi = u128_sub(hi, u128(1ul, 0ul));
  }
  return u256(lo.lo, lo.hi, hi.lo, hi.hi);
}

u256 u256_neg(u256 a) {
  return u256_sub(u256(0ul, 0ul, 0ul, 0ul), a);
}

// ---- multiplication

u128 u128_mul_u64(uint64_t a, uint64_t b) {
  uint64_t a0 = a & U64_LOW;
  uint64_t a1 = a >> 32;
  uint64_t b0 = b & U64_LOW;
  uint64_t b1 = b >> 32;
  uint64_t p00 = a0 * b0;
  uint64_t p01 = a0 * b1;
  uint64_t p10 = a1 * b0;
  uint64_t p11 = a1 * b1;
  uint64_t mid = (p00 >> 32) + (p01 & U64_LOW) + (p10 & U64_LOW);
  return u128((mid << 32) | (p00 & U64_LOW), p11 + (p01 >> 32) + (p10 >> 32) + (mid >> 32));
}

u256 u128_mul_wide(u128 a, u128 b) {
  u128 low = u128_mul_u64(a.lo, b.lo);
  u128 mid1 = u128_mul_u64(a.lo, b.hi);
  u128 mid2 = u128_mul_u64(a.hi, b.lo);
  u128 high = u128_mul_u64(a.hi, b.hi);
  u256 r = u256(low.lo, low.hi, high.lo, high.hi);
  r = u256_add(r, u256(0ul, mid1.lo, mid1.hi, 0ul));
  return u256_add(r, u256(0ul, mid2.lo, mid2.hi, 0ul));
}

i128 i128_mul(i128 a, i128 b) {
  u128 low = u128_mul_u64(a.lo, b.lo);
  return i128(low.lo, int64_t(low.hi + a.lo * uint64_t(b.hi) + uint64_t(a.hi) * b.lo));
}

i128 i128_mul_i64(int64_t a, int64_t b) {
  u128 p = u128_mul_u64(uint64_t(a), uint64_t(b));
  // Reading a negative operand as unsigned adds 2^64 times the other one.
  uint64_t excess = (uint64_t(a >> 63) & uint64_t(b)) + (uint64_t(b >> 63) & uint64_t(a));
  return i128(p.lo, int64_t(p.hi - excess));
}

int64_t i64_mul_checked(int64_t a, int64_t b, inout bool overflow) {
  i128 p = i128_mul_i64(a, b);
  overflow = overflow || !i128_fits_i64(p);
  return i128_to_i64(p);
}

// Product of magnitudes, checked against 128 bits, without forming all of it.
u128 u128_mul_checked(u128 a, u128 b, inout bool overflow) {
  u128 low = u128_mul_u64(a.lo, b.lo);
  u128 cross1 = u128_mul_u64(a.lo, b.hi);
  u128 cross2 = u128_mul_u64(a.hi, b.lo);
  uint64_t hi = low.hi + cross1.lo;
  bool carry = hi < low.hi;
  uint64_t hi2 = hi + cross2.lo;
  carry = carry || hi2 < hi;
  bool both = a.hi != 0ul && b.hi != 0ul;
  overflow = overflow || carry || both || (cross1.hi | cross2.hi) != 0ul;
  return u128(low.lo, hi2);
}

i128 i128_mul_checked(i128 a, i128 b, inout bool overflow) {
  bool negative = (a.hi ^ b.hi) < 0l;
  bool lost = false;
  u128 m = u128_mul_checked(i128_magnitude(a), i128_magnitude(b), lost);
  i128 r = i128_from_magnitude(m, negative);
  // The magnitude 2^127 is allowed for a negative product only.
  lost = lost || (!u128_is_zero(m) && (r.hi < 0l) != negative);
  overflow = overflow || lost;
  return r;
}

// ---- division
// Schoolbook division with estimated quotient digits: Knuth, The Art of Computer Programming 2, 4.3.1,
// algorithm D, once with 32-bit digits (2 by 1 limbs) and once with 64-bit digits (3 by 2 limbs).

uint64_t u128_digit_2by1(uint64_t top, uint64_t next, uint64_t d, out uint64_t rest) {
  uint64_t d1 = d >> 32;
  uint64_t d0 = d & U64_LOW;
  uint64_t q = top / d1;
  uint64_t r = top - q * d1;
  if (q > U64_LOW || q * d0 > ((r << 32) | next)) {
    q -= 1ul;
    r += d1;
    if (r <= U64_LOW && (q > U64_LOW || q * d0 > ((r << 32) | next))) {
      q -= 1ul;
    }
  }
  rest = ((top << 32) | next) - q * d;
  return q;
}

// `d` has its top bit set and hi < d.
uint64_t u128_divmod_normalised(uint64_t hi, uint64_t lo, uint64_t d, out uint64_t r) {
  uint64_t rest;
  uint64_t q1 = u128_digit_2by1(hi, lo >> 32, d, rest);
  uint64_t q0 = u128_digit_2by1(rest, lo & U64_LOW, d, r);
  return (q1 << 32) | q0;
}

uint64_t u128_divmod_2by1(uint64_t hi, uint64_t lo, uint64_t d, out uint64_t r) {
  if (hi == 0ul) {
    uint64_t small = lo / d;
    r = lo - small * d;
    return small;
  }
  uint shift = u64_clz(d);
  u128 n = u128_shl(u128(lo, hi), shift);
  uint64_t rest;
  uint64_t q = u128_divmod_normalised(n.hi, n.lo, d << shift, rest);
  r = rest >> shift;
  return q;
}

u128 u128_divmod_u64(u128 n, uint64_t d, out uint64_t r) {
  uint64_t rest = 0ul;
  uint64_t q1 = 0ul;
  if (n.hi != 0ul) {
    q1 = n.hi / d;
    rest = n.hi - q1 * d;
  }
  uint64_t q0 = u128_divmod_2by1(rest, n.lo, d, r);
  return u128(q0, q1);
}

// One 64-bit digit of (n2, n1, n0) / d, where d has its top bit set and (n2, n1) < d.
uint64_t u256_digit_3by2(uint64_t n2, uint64_t n1, uint64_t n0, u128 d, out u128 rest) {
  uint64_t q = U64_MAX;
  uint64_t r = 0ul;
  bool exceeds;
  if (n2 >= d.hi) {
    r = n1 + d.hi;
    exceeds = r >= n1;
  } else {
    q = u128_divmod_normalised(n2, n1, d.hi, r);
    exceeds = true;
  }
  u128 p = u128_mul_u64(q, d.lo);
  [[unroll]] for (int i = 0; i < 2; i++) {
    if (exceeds && u128_lt(u128(n0, r), p)) {
      q -= 1ul;
      p = u128_sub(p, u128(d.lo, 0ul));
      r += d.hi;
      exceeds = r >= d.hi;
    }
  }
  u128 low = u128(p.lo, p.hi + q * d.hi);
  rest = u128_sub(u128(n0, n1), low);
  return q;
}

u256 u256_divmod_u64(u256 n, uint64_t d, out uint64_t r) {
  u256 q = u256(0ul, 0ul, 0ul, 0ul);
  r = 0ul;
  for (int i = 0; i < 4; i++) {
    uint64_t rest;
    uint64_t digit = u128_divmod_2by1(r, n.w3, d, rest);
    r = rest;
    n = u256(0ul, n.w0, n.w1, n.w2);
    q = u256(digit, q.w0, q.w1, q.w2);
  }
  return q;
}

u256 u256_divmod_u128(u256 n, u128 d, out u128 r) {
  if (d.hi == 0ul) {
    uint64_t small;
    u256 q = u256_divmod_u64(n, d.lo, small);
    r = u128(small, 0ul);
    return q;
  }
  uint shift = u64_clz(d.hi);
  u128 divisor = u128_shl(d, shift);
  u128 high = u128_shl(u128(n.w2, n.w3), shift);
  u128 low = u128_shl(u128(n.w0, n.w1), shift);
  uint64_t top = shift == 0u ? 0ul : n.w3 >> (64u - shift);
  high.lo |= shift == 0u ? 0ul : n.w1 >> (64u - shift);
  u128 rest = u128(high.hi, top);
  u256 digits = u256(0ul, low.lo, low.hi, high.lo);
  u256 q = u256(0ul, 0ul, 0ul, 0ul);
  for (int i = 0; i < 3; i++) {
    u128 next;
    uint64_t digit = u256_digit_3by2(rest.hi, rest.lo, digits.w3, divisor, next);
    rest = next;
    digits = u256(0ul, digits.w0, digits.w1, digits.w2);
    q = u256(digit, q.w0, q.w1, q.w2);
  }
  r = u128_shr(rest, shift);
  return q;
}

u128 u128_divmod(u128 n, u128 d, out u128 r) {
  if (d.hi == 0ul) {
    uint64_t small;
    u128 q = u128_divmod_u64(n, d.lo, small);
    r = u128(small, 0ul);
    return q;
  }
  uint shift = u64_clz(d.hi);
  u128 low = u128_shl(n, shift);
  uint64_t top = shift == 0u ? 0ul : n.hi >> (64u - shift);
  u128 rest;
  uint64_t q = u256_digit_3by2(top, low.hi, low.lo, u128_shl(d, shift), rest);
  r = u128_shr(rest, shift);
  return u128(q, 0ul);
}

i128 i128_div(i128 a, i128 b) {
  u128 rest;
  u128 q = u128_divmod(i128_magnitude(a), i128_magnitude(b), rest);
  return i128_from_magnitude(q, (a.hi ^ b.hi) < 0l);
}

i128 i128_rem(i128 a, i128 b) {
  u128 rest;
  u128_divmod(i128_magnitude(a), i128_magnitude(b), rest);
  return i128_from_magnitude(rest, a.hi < 0l);
}

// ---- powers of ten

const uint64_t KRONOS_POW10_64[20] = uint64_t[20](
  0x1ul,
  0xAul,
  0x64ul,
  0x3E8ul,
  0x2710ul,
  0x186A0ul,
  0xF4240ul,
  0x989680ul,
  0x5F5E100ul,
  0x3B9ACA00ul,
  0x2540BE400ul,
  0x174876E800ul,
  0xE8D4A51000ul,
  0x9184E72A000ul,
  0x5AF3107A4000ul,
  0x38D7EA4C68000ul,
  0x2386F26FC10000ul,
  0x16345785D8A0000ul,
  0xDE0B6B3A7640000ul,
  0x8AC7230489E80000ul);

// 10^k for k = 20..38 as (low, high) words.
const uint64_t KRONOS_POW10_LO[19] = uint64_t[19](
  0x6BC75E2D63100000ul,
  0x35C9ADC5DEA00000ul,
  0x19E0C9BAB2400000ul,
  0x2C7E14AF6800000ul,
  0x1BCECCEDA1000000ul,
  0x161401484A000000ul,
  0xDCC80CD2E4000000ul,
  0x9FD0803CE8000000ul,
  0x3E25026110000000ul,
  0x6D7217CAA0000000ul,
  0x4674EDEA40000000ul,
  0xC0914B2680000000ul,
  0x85ACEF8100000000ul,
  0x38C15B0A00000000ul,
  0x378D8E6400000000ul,
  0x2B878FE800000000ul,
  0xB34B9F1000000000ul,
  0xF436A000000000ul,
  0x98A224000000000ul);
const uint64_t KRONOS_POW10_HI[19] = uint64_t[19](
  0x5ul,
  0x36ul,
  0x21Eul,
  0x152Dul,
  0xD3C2ul,
  0x84595ul,
  0x52B7D2ul,
  0x33B2E3Cul,
  0x204FCE5Eul,
  0x1431E0FAEul,
  0xC9F2C9CD0ul,
  0x7E37BE2022ul,
  0x4EE2D6D415Bul,
  0x314DC6448D93ul,
  0x1ED09BEAD87C0ul,
  0x13426172C74D82ul,
  0xC097CE7BC90715ul,
  0x785EE10D5DA46D9ul,
  0x4B3B4CA85A86C47Aul);

uint64_t u64_pow10(uint k) {
  return KRONOS_POW10_64[k];
}

u128 u128_pow10(uint k) {
  if (k < 20u) {
    return u128(KRONOS_POW10_64[k], 0ul);
  }
  return u128(KRONOS_POW10_LO[k - 20u], KRONOS_POW10_HI[k - 20u]);
}

bool u128_fits_precision(u128 a, uint p) {
  return u128_lt(a, u128_pow10(p));
}

bool i128_fits_precision(i128 a, uint p) {
  return u128_fits_precision(i128_magnitude(a), p);
}

bool i64_fits_precision(int64_t a, uint p) {
  if (p > 18u) {
    return true;
  }
  int64_t limit = int64_t(u64_pow10(p));
  return a < limit && a > -limit;
}

i128 i128_mul_pow10_checked(i128 a, uint k, inout bool overflow) {
  if (k == 0u) {
    return a;
  }
  u128 p = u128_pow10(k);
  return i128_mul_checked(a, i128(p.lo, int64_t(p.hi)), overflow);
}

// Quotient of magnitudes rounded to nearest, ties up; d != 0.
u128 u128_div_half_up(u128 n, u128 d) {
  u128 rest;
  u128 q = u128_divmod(n, d, rest);
  // 2 * rest >= d without the doubling, which could lose a bit.
  if (u128_le(u128_sub(d, rest), rest)) {
    q = u128_add(q, u128(1ul, 0ul));
  }
  return q;
}

i128 i128_div_pow10_half_up(i128 a, uint k) {
  if (k == 0u) {
    return a;
  }
  return i128_from_magnitude(u128_div_half_up(i128_magnitude(a), u128_pow10(k)), a.hi < 0l);
}

i128 i128_div_pow10_trunc(i128 a, uint k) {
  if (k == 0u) {
    return a;
  }
  u128 rest;
  u128 q = u128_divmod(i128_magnitude(a), u128_pow10(k), rest);
  return i128_from_magnitude(q, a.hi < 0l);
}

#endif

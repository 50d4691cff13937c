// SPDX-License-Identifier: Apache-2.0
//
// Floating point with Java's and Spark's rules. Ordering, equality, conversion and rounding work on BITS,
// never on float compares or arithmetic, for devices may flush denormals to zero.
// Spark: NaN equals NaN and is larger than everything; -0.0 equals 0.0.
//
// Ordered keys: unsigned order of keys = Spark's order; equal keys = equal values. NaN is canonical, -0.0 becomes 0.0
//   uint f32_order_key(float a)        float f32_from_order_key(uint key)
//   uint64_t f64_order_key(double a)   double f64_from_order_key(uint64_t key)
// Comparison (T is f32 or f64)
//   int T_compare(a, b)   (-1, 0, 1)   bool T_eq(a, b)   bool T_lt(a, b)   bool T_le(a, b)   bool T_is_nan(a)   bool f64_is_finite(a)
//   T_normalize(a)                     canonical NaN, -0.0 -> 0.0 (grouping keys)
//   bool f32_is_zero(a)   bool f64_is_zero(a)
// Arithmetic: correctly rounded, no contraction; a NaN is the canonical one, whatever the device makes of it
//   float f32_add/f32_sub/f32_mul/f32_div(float, float)         double f64_add/f64_sub/f64_mul/f64_div(double, double)
//   float f32_neg(a)   f32_abs(a)   double f64_neg(a)   f64_abs(a)   (sign bit only)
//   float f32_rem(float a, float b)   double f64_rem(double a, double b)       Java's %
//   T_quotient(a, b)                   as T_div, and by IEEE 754 where b is zero
//   T_sqrt(a)                          correctly rounded, from integers: a device's own may be off by some units
//   T_floor(a)   T_ceil(a)   T_trunc(a)   T_rint(a)     whole numbers: below, above, towards zero, nearest even
// Conversion, exactly as Java casts; a NaN becomes the canonical one
//   double f32_to_f64(float a)   float f64_to_f32(double a)
//   double i32_to_f64(int a)   double i64_to_f64(int64_t a)   float i32_to_f32(int a)   float i64_to_f32(int64_t a)
//   int f64_to_i32(double a)   int64_t f64_to_i64(double a)   (truncate, saturate, NaN -> 0: Java's (int), (long))
//   int f64_to_i32_checked(double a, int low, int high, inout bool overflow)   Spark ANSI cast to an int within low..high
//   int64_t f64_to_i64_checked(double a, inout bool overflow)
//   (for FLOAT sources widen with f32_to_f64 first; byte and short wrap from f64_to_i32)
//   double f64_from_parts(u128 m, bool sticky, int exponent, bool negative)    round m * 2^exponent to nearest even;
//   float  f32_from_parts(u128 m, bool sticky, int exponent, bool negative)    sticky: more non-zero bits below m, then m >= 2^64
#ifndef KRONOS_FLOAT_GLSL
#define KRONOS_FLOAT_GLSL

#include "abi.glsl"
#include "int128.glsl"

const uint F32_SIGN = 0x80000000u;
const uint F32_INFINITY = 0x7F800000u;
const uint F32_NAN = 0x7FC00000u;
const uint64_t F64_SIGN = 0x8000000000000000ul;
const uint64_t F64_INFINITY = 0x7FF0000000000000ul;
const uint64_t F64_NAN = 0x7FF8000000000000ul;
const uint64_t F64_FRACTION = 0x000FFFFFFFFFFFFFul;

uint f32_bits(float a) {
  return floatBitsToUint(a);
}

uint64_t f64_bits(double a) {
  return doubleBitsToUint64(a);
}

float f32_of(uint bits) {
  return uintBitsToFloat(bits);
}

double f64_of(uint64_t bits) {
  return uint64BitsToDouble(bits);
}

bool f32_is_nan(float a) {
  return (f32_bits(a) & ~F32_SIGN) > F32_INFINITY;
}

bool f64_is_nan(double a) {
  return (f64_bits(a) & ~F64_SIGN) > F64_INFINITY;
}

bool f64_is_finite(double a) {
  return (f64_bits(a) & ~F64_SIGN) < F64_INFINITY;
}

bool f32_is_zero(float a) {
  return (f32_bits(a) & ~F32_SIGN) == 0u;
}

bool f64_is_zero(double a) {
  return (f64_bits(a) & ~F64_SIGN) == 0ul;
}

uint f32_normal_bits(float a) {
  uint bits = f32_bits(a);
  uint size = bits & ~F32_SIGN;
  return size > F32_INFINITY ? F32_NAN : (size == 0u ? 0u : bits);
}

uint64_t f64_normal_bits(double a) {
  uint64_t bits = f64_bits(a);
  uint64_t size = bits & ~F64_SIGN;
  return size > F64_INFINITY ? F64_NAN : (size == 0ul ? 0ul : bits);
}

float f32_normalize(float a) {
  return f32_of(f32_normal_bits(a));
}

double f64_normalize(double a) {
  return f64_of(f64_normal_bits(a));
}

// ---- order

uint f32_order_key(float a) {
  uint bits = f32_normal_bits(a);
  return (bits & F32_SIGN) != 0u ? ~bits : bits | F32_SIGN;
}

float f32_from_order_key(uint key) {
  return f32_of((key & F32_SIGN) != 0u ? key ^ F32_SIGN : ~key);
}

uint64_t f64_order_key(double a) {
  uint64_t bits = f64_normal_bits(a);
  return (bits & F64_SIGN) != 0ul ? ~bits : bits | F64_SIGN;
}

double f64_from_order_key(uint64_t key) {
  return f64_of((key & F64_SIGN) != 0ul ? key ^ F64_SIGN : ~key);
}

int f32_compare(float a, float b) {
  uint x = f32_order_key(a);
  uint y = f32_order_key(b);
  return int(x > y) - int(x < y);
}

int f64_compare(double a, double b) {
  uint64_t x = f64_order_key(a);
  uint64_t y = f64_order_key(b);
  return int(x > y) - int(x < y);
}

bool f32_eq(float a, float b) {
  return f32_normal_bits(a) == f32_normal_bits(b);
}

bool f64_eq(double a, double b) {
  return f64_normal_bits(a) == f64_normal_bits(b);
}

bool f32_lt(float a, float b) {
  return f32_order_key(a) < f32_order_key(b);
}

bool f64_lt(double a, double b) {
  return f64_order_key(a) < f64_order_key(b);
}

bool f32_le(float a, float b) {
  return f32_order_key(a) <= f32_order_key(b);
}

bool f64_le(double a, double b) {
  return f64_order_key(a) <= f64_order_key(b);
}

// ---- rounding

// Bits of (m * 2^exponent) rounded to nearest even, for a format with `fraction` stored bits whose smallest
// normal exponent is `lowest`. The result is not limited: beyond the largest finite value it is past infinity.
uint64_t float_round(u128 m, bool sticky, int exponent, int fraction, int lowest) {
  if (u128_is_zero(m)) {
    return 0ul;
  }
  int top = exponent + 127 - int(u128_clz(m));
  bool normal = top >= lowest;
  int unit = (normal ? top : lowest) - fraction;
  int drop = unit - exponent;
  uint64_t kept;
  if (drop <= 0) {
    kept = u128_shl(m, uint(-drop)).lo;
  } else if (drop > 128) {
    kept = 0ul;
  } else {
    u128 below = u128_shr(m, uint(drop - 1));
    bool half_bit = (below.lo & 1ul) != 0ul;
    bool rest = sticky || !u128_eq(u128_shl(below, uint(drop - 1)), m);
    kept = u128_shr(below, 1u).lo;
    if (half_bit && (rest || (kept & 1ul) != 0ul)) {
      kept += 1ul;
    }
  }
  // A carry out of the fraction moves into the exponent field, as it should.
  uint64_t field = normal ? uint64_t(top - lowest) : 0ul;
  return (field << uint(fraction)) + kept;
}

double f64_from_parts(u128 m, bool sticky, int exponent, bool negative) {
  uint64_t bits = float_round(m, sticky, exponent, 52, -1022);
  bits = bits > F64_INFINITY ? F64_INFINITY : bits;
  return f64_of(negative ? bits | F64_SIGN : bits);
}

float f32_from_parts(u128 m, bool sticky, int exponent, bool negative) {
  uint64_t wide = float_round(m, sticky, exponent, 23, -126);
  uint bits = wide > uint64_t(F32_INFINITY) ? F32_INFINITY : uint(wide);
  return f32_of(negative ? bits | F32_SIGN : bits);
}

// ---- conversion

double f32_to_f64(float a) {
  uint bits = f32_bits(a);
  uint64_t sign = uint64_t(bits & F32_SIGN) << 32;
  uint size = bits & ~F32_SIGN;
  if (size >= F32_INFINITY) {
    return f64_of(size == F32_INFINITY ? sign | F64_INFINITY : F64_NAN);
  }
  if (size < 0x00800000u) {
    if (size == 0u) {
      return f64_of(sign);
    }
    int top = findMSB(size);
    uint64_t fraction = (uint64_t(size) << uint(52 - top)) & F64_FRACTION;
    return f64_of(sign | (uint64_t(top - 149 + 1023) << 52) | fraction);
  }
  return f64_of(sign | ((uint64_t(size) << 29) + (uint64_t(1023 - 127) << 52)));
}

float f64_to_f32(double a) {
  uint64_t bits = f64_bits(a);
  uint64_t size = bits & ~F64_SIGN;
  bool negative = (bits & F64_SIGN) != 0ul;
  if (size >= F64_INFINITY) {
    uint infinite = negative ? F32_INFINITY | F32_SIGN : F32_INFINITY;
    return f32_of(size == F64_INFINITY ? infinite : F32_NAN);
  }
  uint64_t field = size >> 52;
  uint64_t m = size & F64_FRACTION;
  m = field == 0ul ? m : m | (F64_FRACTION + 1ul);
  int exponent = int(field == 0ul ? 1ul : field) - 1075;
  return f32_from_parts(u128(m, 0ul), false, exponent, negative);
}

double i64_to_f64(int64_t a) {
  u128 m = i128_magnitude(i128_from_i64(a));
  return f64_from_parts(m, false, 0, a < 0l);
}

float i64_to_f32(int64_t a) {
  u128 m = i128_magnitude(i128_from_i64(a));
  return f32_from_parts(m, false, 0, a < 0l);
}

double i32_to_f64(int a) {
  return double(a);
}

float i32_to_f32(int a) {
  return i64_to_f32(i64_from_i32(a));
}

// Truncated magnitude of a finite double below 2^64; larger ones and infinities give 2^64 - 1.
uint64_t f64_truncated_magnitude(double a) {
  uint64_t size = f64_bits(a) & ~F64_SIGN;
  int exponent = int(size >> 52) - 1075;
  uint64_t m = (size & F64_FRACTION) | (F64_FRACTION + 1ul);
  if (exponent < -52) {
    return 0ul;
  }
  if (exponent > 11) {
    return U64_MAX;
  }
  return exponent < 0 ? m >> uint(-exponent) : m << uint(exponent);
}

int64_t f64_to_i64(double a) {
  bool negative = (f64_bits(a) & F64_SIGN) != 0ul;
  uint64_t m = f64_truncated_magnitude(a);
  if (f64_is_nan(a)) {
    return 0l;
  }
  if (m >= F64_SIGN) {
    return negative ? int64_t(F64_SIGN) : int64_t(F64_SIGN - 1ul);
  }
  return negative ? -int64_t(m) : int64_t(m);
}

int f64_to_i32(double a) {
  int64_t wide = f64_to_i64(a);
  return int(clamp(wide, -2147483648l, 2147483647l));
}

// Spark accepts a when floor(a) <= high and ceil(a) >= low, then truncates: that is, the truncated value lies in range.
int f64_to_i32_checked(double a, int low, int high, inout bool overflow) {
  int64_t wide = f64_to_i64(a);
  overflow = overflow || f64_is_nan(a) || wide < int64_t(low) || wide > int64_t(high);
  return int(wide);
}

// Long.MAX_VALUE as a double is 2^63: Spark lets 2^63 itself pass and saturates it.
int64_t f64_to_i64_checked(double a, inout bool overflow) {
  uint64_t size = f64_bits(a) & ~F64_SIGN;
  overflow = overflow || size > 0x43E0000000000000ul;
  return f64_to_i64(a);
}

// ---- arithmetic
// 32-bit operations go through 64 bits: with 53 >= 2 * 24 + 2 bits the second rounding is innocuous, denormals
// survive a device that flushes them in 32 bits, and division is correctly rounded where a 32-bit one is not.

double f64_canonical(double a) {
  return f64_is_nan(a) ? f64_of(F64_NAN) : a;
}

double f64_add(double a, double b) {
  precise double r = a + b;
  return f64_canonical(r);
}

double f64_sub(double a, double b) {
  precise double r = a - b;
  return f64_canonical(r);
}

double f64_mul(double a, double b) {
  precise double r = a * b;
  return f64_canonical(r);
}

double f64_div(double a, double b) {
  precise double r = a / b;
  return f64_canonical(r);
}

float f32_add(float a, float b) {
  return f64_to_f32(f64_add(f32_to_f64(a), f32_to_f64(b)));
}

float f32_sub(float a, float b) {
  return f64_to_f32(f64_sub(f32_to_f64(a), f32_to_f64(b)));
}

float f32_mul(float a, float b) {
  return f64_to_f32(f64_mul(f32_to_f64(a), f32_to_f64(b)));
}

float f32_div(float a, float b) {
  return f64_to_f32(f64_div(f32_to_f64(a), f32_to_f64(b)));
}

float f32_neg(float a) {
  return f32_of(f32_bits(a) ^ F32_SIGN);
}

float f32_abs(float a) {
  return f32_of(f32_bits(a) & ~F32_SIGN);
}

double f64_neg(double a) {
  return f64_of(f64_bits(a) ^ F64_SIGN);
}

double f64_abs(double a) {
  return f64_of(f64_bits(a) & ~F64_SIGN);
}

// The significand and exponent of a finite non-zero magnitude: value = m * 2^exponent.
uint64_t f64_split(uint64_t size, out int exponent) {
  uint64_t field = size >> 52;
  uint64_t m = size & F64_FRACTION;
  exponent = int(field == 0ul ? 1ul : field) - 1075;
  return field == 0ul ? m : m | (F64_FRACTION + 1ul);
}

double f64_rem(double a, double b) {
  uint64_t x = f64_bits(a) & ~F64_SIGN;
  uint64_t y = f64_bits(b) & ~F64_SIGN;
  if (x >= F64_INFINITY || y > F64_INFINITY || y == 0ul) {
    return f64_of(F64_NAN);
  }
  if (x < y) {
    return a;
  }
  int ex;
  int ey;
  uint64_t mx = f64_split(x, ex);
  uint64_t my = f64_split(y, ey);
  // Shift-and-reduce, 11 bits a step: the significand has 53 bits, so 64 hold one step.
  uint64_t r = mx % my;
  int left = ex - ey;
  while (left > 0 && r != 0ul) {
    int step = min(left, 11);
    r = (r << uint(step)) % my;
    left -= step;
  }
  return f64_from_parts(u128(r, 0ul), false, ey, (f64_bits(a) & F64_SIGN) != 0ul);
}

float f32_rem(float a, float b) {
  return f64_to_f32(f64_rem(f32_to_f64(a), f32_to_f64(b)));
}

// ---- Arrow's functions

double f64_quotient(double a, double b) {
  if (!f64_is_zero(b)) {
    return f64_div(a, b);
  }
  if (f64_is_zero(a) || f64_is_nan(a)) {
    return f64_of(F64_NAN);
  }
  return f64_of(((f64_bits(a) ^ f64_bits(b)) & F64_SIGN) | F64_INFINITY);
}

float f32_quotient(float a, float b) {
  return f64_to_f32(f64_quotient(f32_to_f64(a), f32_to_f64(b)));
}

// Digit by digit: 55 digits of the root of an even power of two times the significand, then whether
// anything is left, which is all that rounding to 53 digits asks.
double f64_sqrt(double a) {
  uint64_t size = f64_bits(a) & ~F64_SIGN;
  if (size == 0ul || f64_bits(a) == F64_INFINITY) {
    return a;
  }
  if (f64_bits(a) > F64_INFINITY) {
    return f64_of(F64_NAN);
  }
  int exponent;
  uint64_t m = f64_split(size, exponent);
  int high = int(uint(m >> 32)) != 0 ? 32 + findMSB(uint(m >> 32)) : findMSB(uint(m));
  m <<= uint(52 - high);
  exponent -= 52 - high;
  if ((exponent & 1) != 0) {
    m <<= 1;
    exponent -= 1;
  }
  uint64_t root = 0ul;
  uint64_t rest = 0ul;
  for (int i = 54; i >= 0; i--) {
    uint64_t digits = i >= 28 ? (m >> uint(2 * i - 56)) & 3ul : 0ul;
    rest = (rest << 2) | digits;
    uint64_t trial = (root << 2) | 1ul;
    bool fits = rest >= trial;
    rest -= fits ? trial : 0ul;
    root = (root << 1) | (fits ? 1ul : 0ul);
  }
  uint64_t rounded = (root << 1) | (rest != 0ul ? 1ul : 0ul);
  return f64_from_parts(u128(rounded, 0ul), false, (exponent - 56) / 2 - 1, false);
}

double f64_trunc(double a) {
  uint64_t bits = f64_bits(a);
  int exponent = int((bits & ~F64_SIGN) >> 52) - 1023;
  if (exponent >= 52) {
    return f64_canonical(a);
  }
  return f64_of(bits & (exponent < 0 ? F64_SIGN : ~(F64_FRACTION >> uint(max(exponent, 0)))));
}

// Whole numbers next to each other with a fraction between them are below 2^53, so the step is exact.
double f64_floor(double a) {
  double whole = f64_trunc(a);
  bool fraction = f64_bits(whole) != f64_bits(a);
  return fraction && (f64_bits(a) & F64_SIGN) != 0ul ? f64_sub(whole, 1.0lf) : whole;
}

double f64_ceil(double a) {
  double whole = f64_trunc(a);
  bool fraction = f64_bits(whole) != f64_bits(a);
  return fraction && (f64_bits(a) & F64_SIGN) == 0ul ? f64_add(whole, 1.0lf) : whole;
}

// A carry out of the fraction moves into the exponent field, as it should; the last bit of the whole
// part of a number in 1..2 is the exponent field's.
double f64_rint(double a) {
  uint64_t bits = f64_bits(a);
  uint64_t sign = bits & F64_SIGN;
  int exponent = int((bits & ~F64_SIGN) >> 52) - 1023;
  if (exponent >= 52) {
    return f64_canonical(a);
  }
  if (exponent < 0) {
    bool one = exponent == -1 && (bits & F64_FRACTION) != 0ul;
    return f64_of(one ? sign | 0x3FF0000000000000ul : sign);
  }
  uint64_t unit = 1ul << uint(52 - exponent);
  uint64_t fraction = bits & (unit - 1ul);
  uint64_t whole = bits - fraction;
  bool up = fraction * 2ul > unit || (fraction * 2ul == unit && (whole & unit) != 0ul);
  return f64_of(up ? whole + unit : whole);
}

float f32_sqrt(float a) {
  return f64_to_f32(f64_sqrt(f32_to_f64(a)));
}

float f32_trunc(float a) {
  return f64_to_f32(f64_trunc(f32_to_f64(a)));
}

float f32_floor(float a) {
  return f64_to_f32(f64_floor(f32_to_f64(a)));
}

float f32_ceil(float a) {
  return f64_to_f32(f64_ceil(f32_to_f64(a)));
}

float f32_rint(float a) {
  return f64_to_f32(f64_rint(f32_to_f64(a)));
}

#endif

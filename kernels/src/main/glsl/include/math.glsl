// SPDX-License-Identifier: Apache-2.0
//
// Functions of doubles, Java's to the bit. A NaN gives the canonical one.
//
//   double math_signum(double a)   double math_degrees(double a)   double math_radians(double a)
//   double math_exp(double a)   double math_log(double a)   double math_log10(double a)        Java's strict ones
#ifndef KRONOS_MATH_GLSL
#define KRONOS_MATH_GLSL

#include "abi.glsl"
#include "float.glsl"

double math_signum(double a) {
  uint64_t size = f64_bits(a) & ~F64_SIGN;
  if (size == 0ul || size > F64_INFINITY) {
    return f64_canonical(a);
  }
  return f64_of((f64_bits(a) & F64_SIGN) | 0x3FF0000000000000ul);
}

double math_degrees(double a) {
  return f64_mul(a, f64_of(0x404CA5DC1A63C1F8ul));
}

double math_radians(double a) {
  return f64_mul(a, f64_of(0x3F91DF46A2529D39ul));
}

// ---- exponential and logarithms
// fdlibm's (Sun Microsystems, 1993), of which Java's strict ones are defined, operation by operation: nothing may be
// contracted or reordered. Constants are the bits of doubles.

uint math_high(double a) {
  return uint(f64_bits(a) >> 32);
}

double math_infinity(bool negative) {
  return f64_of(negative ? F64_SIGN | F64_INFINITY : F64_INFINITY);
}

// a = k * log(2) + (high - low), of a finite number that has an exponential; k is 0 up to half of log(2).
int math_halvings(double a, out double high, out double low) {
  uint size = math_high(a) & 0x7FFFFFFFu;
  bool negative = (f64_bits(a) & F64_SIGN) != 0ul;
  high = a;
  low = 0.0lf;
  if (size <= 0x3FD62E42u) {
    return 0;
  }
  int k = negative ? -1 : 1;
  if (size >= 0x3FF0A2B2u) {
    precise double scaled = f64_of(0x3FF71547652B82FEul) * a;
    precise double nearest = scaled + (negative ? -0.5lf : 0.5lf);
    k = f64_to_i32(nearest);
  }
  double n = double(k);
  precise double whole = n * f64_of(0x3FE62E42FEE00000ul);
  precise double top = a - whole;
  precise double rest = n * f64_of(0x3DEA39EF35793C76ul);
  high = top;
  low = rest;
  return k;
}

double math_exp(double a) {
  uint size = math_high(a) & 0x7FFFFFFFu;
  if (f64_is_nan(a)) {
    return f64_of(F64_NAN);
  }
  if (f64_lt(f64_of(0x40862E42FEFA39EFul), a)) {
    return math_infinity(false);
  }
  if (f64_lt(a, f64_of(0xC0874910D52D3051ul))) {
    return 0.0lf;
  }
  if (size < 0x3E300000u) {
    precise double near = 1.0lf + a;
    return near;
  }
  precise double high;
  precise double low;
  int k = math_halvings(a, high, low);
  precise double x = high - low;
  precise double t = x * x;
  precise double p = f64_of(0x3E66376972BEA4D0ul);
  p = f64_of(0xBEBBBD41C5D26BF1ul) + t * p;
  p = f64_of(0x3F11566AAF25DE2Cul) + t * p;
  p = f64_of(0xBF66C16C16BEBD93ul) + t * p;
  p = f64_of(0x3FC555555555553Eul) + t * p;
  precise double c = x - t * p;
  precise double xc = x * c;
  if (k == 0) {
    precise double y = 1.0lf - (xc / (c - 2.0lf) - x);
    return y;
  }
  precise double y = 1.0lf - ((low - xc / (2.0lf - c)) - high);
  // By parts, for the result may be subnormal.
  int exponent;
  uint64_t m = f64_split(f64_bits(y), exponent);
  return f64_from_parts(u128(m, 0ul), false, exponent + k, false);
}

// x = 2^k * (1 + f) with 1 + f around 1, of a positive finite number. `high` becomes the top of its fraction.
double math_reduced(double a, out int k, out uint high) {
  uint64_t bits = f64_bits(a);
  k = -1023;
  if ((bits >> 52) == 0ul) {
    bits = f64_bits(f64_from_parts(u128(bits, 0ul), false, -1074 + 54, false));
    k -= 54;
  }
  uint top = uint(bits >> 32);
  k += int(top >> 20);
  high = top & 0xFFFFFu;
  uint carry = (high + 0x95F64u) & 0x100000u;
  k += int(carry >> 20);
  return f64_of((uint64_t(high | (carry ^ 0x3FF00000u)) << 32) | (bits & 0xFFFFFFFFul));
}

double math_log(double a) {
  uint64_t size = f64_bits(a) & ~F64_SIGN;
  if (size == 0ul) {
    return math_infinity(true);
  }
  if (f64_bits(a) > F64_INFINITY) {
    return f64_of(F64_NAN);
  }
  if (size == F64_INFINITY) {
    return a;
  }
  int k;
  uint high;
  precise double f = math_reduced(a, k, high) - 1.0lf;
  double n = double(k);
  precise double nHigh = n * f64_of(0x3FE62E42FEE00000ul);
  precise double nLow = n * f64_of(0x3DEA39EF35793C76ul);
  if ((0xFFFFFu & (2u + high)) < 3u) {
    if (f64_is_zero(f)) {
      precise double whole = nHigh + nLow;
      return k == 0 ? 0.0lf : whole;
    }
    precise double third = f64_of(0x3FD5555555555555ul) * f;
    precise double square = f * f;
    precise double r = square * (0.5lf - third);
    precise double alone = f - r;
    precise double both = nHigh - ((r - nLow) - f);
    return k == 0 ? alone : both;
  }
  precise double s = f / (2.0lf + f);
  precise double z = s * s;
  precise double w = z * z;
  precise double even = f64_of(0x3FCC71C51D8E78AFul) + w * f64_of(0x3FC39A09D078C69Ful);
  even = w * (f64_of(0x3FD999999997FA04ul) + w * even);
  precise double odd = f64_of(0x3FC7466496CB03DEul) + w * f64_of(0x3FC2F112DF3E5244ul);
  odd = f64_of(0x3FD2492494229359ul) + w * odd;
  odd = z * (f64_of(0x3FE5555555555593ul) + w * odd);
  precise double r = odd + even;
  int i = (int(high) - 0x6147A) | (0x6B851 - int(high));
  if (i > 0) {
    precise double half_ = 0.5lf * f;
    half_ = half_ * f;
    precise double part = s * (half_ + r);
    precise double alone = f - (half_ - part);
    precise double both = nHigh - ((half_ - (part + nLow)) - f);
    return k == 0 ? alone : both;
  }
  precise double part = s * (f - r);
  precise double alone = f - part;
  precise double both = nHigh - ((part - nLow) - f);
  return k == 0 ? alone : both;
}

double math_log10(double a) {
  uint64_t bits = f64_bits(a);
  if ((bits & ~F64_SIGN) == 0ul || bits >= F64_INFINITY) {
    return math_log(a);
  }
  int k = -1023;
  if ((bits >> 52) == 0ul) {
    bits = f64_bits(f64_from_parts(u128(bits, 0ul), false, -1074 + 54, false));
    k -= 54;
  }
  k += int(bits >> 52);
  uint64_t below = k < 0 ? 1ul : 0ul;
  double y = double(k + int(below));
  double x = f64_of((bits & F64_FRACTION) | ((0x3FFul - below) << 52));
  precise double low = y * f64_of(0x3D59FEF311F12B36ul);
  precise double z = low + f64_of(0x3FDBCB7B1526E50Eul) * math_log(x);
  precise double whole = y * f64_of(0x3FD34413509F6000ul);
  precise double r = z + whole;
  return r;
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Angles of doubles, Java's strict ones to the bit: fdlibm's (Sun Microsystems, 1993), operation by operation. A NaN gives
// the canonical one.
//
//   double math_asin(double a)   double math_acos(double a)   double math_atan(double a)
//   double math_atan2(double y, double x)
#ifndef KRONOS_ANGLE_GLSL
#define KRONOS_ANGLE_GLSL

#include "math.glsl"

// Halves of pi, and what they lack.
const uint64_t ANGLE_HALF = 0x3FF921FB54442D18ul;
const uint64_t ANGLE_HALF_LOW = 0x3C91A62633145C07ul;
const uint64_t ANGLE_QUARTER = 0x3FE921FB54442D18ul;
const uint64_t ANGLE_WHOLE = 0x400921FB54442D18ul;
const uint64_t ANGLE_WHOLE_LOW = 0x3CA1A62633145C07ul;

double math_atan(double a) {
  uint64_t bits = f64_bits(a) & ~F64_SIGN;
  uint64_t sign = f64_bits(a) & F64_SIGN;
  uint size = uint(bits >> 32);
  if (bits > F64_INFINITY || size < 0x3E200000u) {
    return f64_canonical(a);
  }
  if (size >= 0x44100000u) {
    return f64_of(ANGLE_HALF | sign);
  }
  precise double x = f64_of(bits);
  uint64_t high = 0ul;
  uint64_t low = 0ul;
  if (size >= 0x40038000u) {
    high = ANGLE_HALF;
    low = ANGLE_HALF_LOW;
    x = -1.0lf / x;
  } else if (size >= 0x3FF30000u) {
    high = 0x3FEF730BD281F69Bul;
    low = 0x3C7007887AF0CBBDul;
    x = (x - 1.5lf) / (1.0lf + 1.5lf * x);
  } else if (size >= 0x3FE60000u) {
    high = ANGLE_QUARTER;
    low = 0x3C81A62633145C07ul;
    x = (x - 1.0lf) / (x + 1.0lf);
  } else if (size >= 0x3FDC0000u) {
    high = 0x3FDDAC670561BB4Ful;
    low = 0x3C7A2B7F222F65E2ul;
    x = (2.0lf * x - 1.0lf) / (2.0lf + x);
  }
  precise double z = x * x;
  precise double w = z * z;
  precise double even = f64_of(0x3F90AD3AE322DA11ul);
  even = f64_of(0x3FA97B4B24760DEBul) + w * even;
  even = f64_of(0x3FB10D66A0D03D51ul) + w * even;
  even = f64_of(0x3FB745CDC54C206Eul) + w * even;
  even = f64_of(0x3FC24924920083FFul) + w * even;
  even = f64_of(0x3FD555555555550Dul) + w * even;
  even = z * even;
  precise double odd = f64_of(0xBFA2B4442C6A6C2Ful);
  odd = f64_of(0xBFADDE2D52DEFD9Aul) + w * odd;
  odd = f64_of(0xBFB3B0F2AF749A6Dul) + w * odd;
  odd = f64_of(0xBFBC71C6FE231671ul) + w * odd;
  odd = f64_of(0xBFC999999998EBC4ul) + w * odd;
  odd = w * odd;
  precise double part = x * (even + odd);
  precise double alone = x - part;
  precise double both = f64_of(high) - ((part - f64_of(low)) - x);
  return f64_of(f64_bits(high == 0ul ? alone : both) | sign);
}

// (asin(x) - x) / x, of the square of x.
double angle_ratio(double t) {
  precise double p = f64_of(0x3F023DE10DFDF709ul);
  p = f64_of(0x3F49EFE07501B288ul) + t * p;
  p = f64_of(0xBFA48228B5688F3Bul) + t * p;
  p = f64_of(0x3FC9C1550E884455ul) + t * p;
  p = f64_of(0xBFD4D61203EB6F7Dul) + t * p;
  p = f64_of(0x3FC5555555555555ul) + t * p;
  p = t * p;
  precise double q = f64_of(0x3FB3B8C5B12E9282ul);
  q = f64_of(0xBFE6066C1B8D0159ul) + t * q;
  q = f64_of(0x40002AE59C598AC8ul) + t * q;
  q = f64_of(0xC0033A271C8A2D4Bul) + t * q;
  q = f64_of(0x3FF0000000000000ul) + t * q;
  precise double ratio = p / q;
  return ratio;
}

double math_asin(double a) {
  uint64_t bits = f64_bits(a) & ~F64_SIGN;
  uint64_t sign = f64_bits(a) & F64_SIGN;
  uint size = uint(bits >> 32);
  if (bits >= 0x3FF0000000000000ul) {
    return bits == 0x3FF0000000000000ul ? f64_of(ANGLE_HALF | sign) : f64_of(F64_NAN);
  }
  if (size < 0x3E400000u) {
    return a;
  }
  bool near = size < 0x3FE00000u;
  double x = f64_of(bits);
  precise double rest = (1.0lf - x) * 0.5lf;
  precise double t = near ? f64_mul(x, x) : rest;
  precise double r = angle_ratio(t);
  if (near) {
    precise double y = a + a * r;
    return y;
  }
  precise double s = f64_sqrt(t);
  precise double y = f64_of(ANGLE_HALF) - (2.0lf * (s + s * r) - f64_of(ANGLE_HALF_LOW));
  if (size < 0x3FEF3333u) {
    double w = f64_of(f64_bits(s) & 0xFFFFFFFF00000000ul);
    precise double c = (t - w * w) / (s + w);
    precise double p = 2.0lf * s * r - (f64_of(ANGLE_HALF_LOW) - 2.0lf * c);
    precise double q = f64_of(ANGLE_QUARTER) - 2.0lf * w;
    y = f64_of(ANGLE_QUARTER) - (p - q);
  }
  return f64_of(f64_bits(y) | sign);
}

double math_acos(double a) {
  uint64_t bits = f64_bits(a) & ~F64_SIGN;
  bool negative = (f64_bits(a) & F64_SIGN) != 0ul;
  uint size = uint(bits >> 32);
  if (bits >= 0x3FF0000000000000ul) {
    if (bits != 0x3FF0000000000000ul) {
      return f64_of(F64_NAN);
    }
    return negative ? f64_of(ANGLE_WHOLE) : 0.0lf;
  }
  if (size <= 0x3C600000u) {
    return f64_of(ANGLE_HALF);
  }
  bool near = size < 0x3FE00000u;
  precise double rest = (1.0lf - f64_of(bits)) * 0.5lf;
  precise double z = near ? f64_mul(a, a) : rest;
  precise double r = angle_ratio(z);
  if (near) {
    precise double y = f64_of(ANGLE_HALF) - (a - (f64_of(ANGLE_HALF_LOW) - a * r));
    return y;
  }
  precise double s = f64_sqrt(z);
  if (negative) {
    precise double w = r * s - f64_of(ANGLE_HALF_LOW);
    precise double y = f64_of(ANGLE_WHOLE) - 2.0lf * (s + w);
    return y;
  }
  double top = f64_of(f64_bits(s) & 0xFFFFFFFF00000000ul);
  precise double c = (z - top * top) / (s + top);
  precise double w = r * s + c;
  precise double y = 2.0lf * (top + w);
  return y;
}

double angle_signed(uint64_t bits, bool negative) {
  return f64_of(negative ? bits | F64_SIGN : bits);
}

double math_atan2(double y, double x) {
  uint64_t above = f64_bits(y) & ~F64_SIGN;
  uint64_t beside = f64_bits(x) & ~F64_SIGN;
  bool down = (f64_bits(y) & F64_SIGN) != 0ul;
  bool left = (f64_bits(x) & F64_SIGN) != 0ul;
  if (above > F64_INFINITY || beside > F64_INFINITY) {
    return f64_of(F64_NAN);
  }
  if (f64_bits(x) == 0x3FF0000000000000ul) {
    return math_atan(y);
  }
  if (above == 0ul) {
    return left ? angle_signed(ANGLE_WHOLE, down) : y;
  }
  if (beside == 0ul) {
    return angle_signed(ANGLE_HALF, down);
  }
  if (beside == F64_INFINITY) {
    if (above == F64_INFINITY) {
      return angle_signed(left ? 0x4002D97C7F3321D2ul : ANGLE_QUARTER, down);
    }
    return angle_signed(left ? ANGLE_WHOLE : 0ul, down);
  }
  if (above == F64_INFINITY) {
    return angle_signed(ANGLE_HALF, down);
  }
  int k = (int(above >> 32) - int(beside >> 32)) >> 20;
  precise double z = 0.0lf;
  if (k > 60) {
    z = f64_of(ANGLE_HALF);
  } else if (!left || k >= -60) {
    z = math_atan(f64_abs(f64_div(y, x)));
  }
  if (!left) {
    return angle_signed(f64_bits(z), down);
  }
  precise double lower = (z - f64_of(ANGLE_WHOLE_LOW)) - f64_of(ANGLE_WHOLE);
  precise double upper = f64_of(ANGLE_WHOLE) - (z - f64_of(ANGLE_WHOLE_LOW));
  return down ? lower : upper;
}

#endif

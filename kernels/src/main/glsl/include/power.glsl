// SPDX-License-Identifier: Apache-2.0
//
// Powers, roots and what is made of exponentials, of doubles, Java's strict ones to the bit: fdlibm's (Sun Microsystems,
// 1993), operation by operation, so that nothing may be contracted or reordered. A NaN gives the canonical one.
//
//   double math_pow(double a, double b)      double math_cbrt(double a)
//   double math_expm1(double a)              double math_log1p(double a)
//   double math_sinh(double a)   double math_cosh(double a)   double math_tanh(double a)
#ifndef KRONOS_POWER_GLSL
#define KRONOS_POWER_GLSL

#include "math.glsl"

// Without the lower half of its bits.
double power_top(double a) {
  return f64_of(f64_bits(a) & 0xFFFFFFFF00000000ul);
}

double power_of_high(uint high) {
  return f64_of(uint64_t(high) << 32);
}

// a * 2^n, be it subnormal or infinite, of a normal number.
double power_scaled(double a, int n, bool negative) {
  int exponent;
  uint64_t m = f64_split(f64_bits(a) & ~F64_SIGN, exponent);
  return f64_from_parts(u128(m, 0ul), false, exponent + n, negative);
}

// 0 for what is no whole number, 1 for an odd one, 2 for an even one.
int power_whole(uint64_t size) {
  int exponent = int(size >> 52) - 1023;
  if (exponent < 0) {
    return size == 0ul ? 2 : 0;
  }
  if (exponent > 52) {
    return 2;
  }
  uint64_t one = 1ul << (52 - exponent);
  if ((size & (one - 1ul)) != 0ul) {
    return 0;
  }
  return exponent == 0 || (size & one) != 0ul ? 1 : 2;
}

// The logarithm to base 2 of a positive finite number, in two pieces.
void power_log2(double a, out double t1, out double t2) {
  int n = 0;
  uint64_t bits = f64_bits(a);
  if ((bits >> 52) == 0ul) {
    bits = f64_bits(f64_from_parts(u128(bits, 0ul), false, -1074 + 53, false));
    n -= 53;
  }
  uint top = uint(bits >> 32);
  n += int(top >> 20) - 1023;
  uint j = top & 0xFFFFFu;
  uint high = j | 0x3FF00000u;
  bool half_ = false;
  if (j > 0x3988Eu) {
    if (j < 0xBB67Au) {
      half_ = true;
    } else {
      n++;
      high -= 0x100000u;
    }
  }
  double x = f64_of((uint64_t(high) << 32) | (bits & 0xFFFFFFFFul));
  double base = half_ ? 1.5lf : 1.0lf;
  double baseHigh = half_ ? f64_of(0x3FE2B80340000000ul) : 0.0lf;
  double baseLow = half_ ? f64_of(0x3E4CFDEB43CFD006ul) : 0.0lf;
  precise double u = x - base;
  precise double v = 1.0lf / (x + base);
  precise double s = u * v;
  double sHigh = power_top(s);
  double tHigh = power_of_high(((high >> 1) | 0x20000000u) + 0x80000u + (half_ ? 0x40000u : 0u));
  precise double tLow = x - (tHigh - base);
  precise double sLow = v * ((u - sHigh * tHigh) - sHigh * tLow);
  precise double square = s * s;
  precise double r = f64_of(0x3FCA7E284A454EEFul);
  r = f64_of(0x3FCD864A93C9DB65ul) + square * r;
  r = f64_of(0x3FD17460A91D4101ul) + square * r;
  r = f64_of(0x3FD55555518F264Dul) + square * r;
  r = f64_of(0x3FDB6DB6DB6FABFFul) + square * r;
  r = f64_of(0x3FE3333333333303ul) + square * r;
  r = square * square * r;
  r = r + sLow * (sHigh + s);
  square = sHigh * sHigh;
  tHigh = 3.0lf + square;
  precise double sum = tHigh + r;
  tHigh = power_top(sum);
  tLow = r - ((tHigh - 3.0lf) - square);
  u = sHigh * tHigh;
  v = sLow * tHigh + tLow * s;
  precise double both = u + v;
  double pHigh = power_top(both);
  precise double pLow = v - (pHigh - u);
  precise double zHigh = f64_of(0x3FEEC709E0000000ul) * pHigh;
  precise double zLow = f64_of(0xBE3E2FE0145B01F5ul) * pHigh + pLow * f64_of(0x3FEEC709DC3A03FDul);
  zLow = zLow + baseLow;
  double t = double(n);
  precise double whole = ((zHigh + zLow) + baseHigh) + t;
  t1 = power_top(whole);
  precise double rest = zLow - (((t1 - t) - baseHigh) - zHigh);
  t2 = rest;
}

// The same near 1, for large exponents.
void power_log2_near(double x, out double t1, out double t2) {
  precise double t = x - 1.0lf;
  precise double w = (t * t) * (0.5lf - t * (f64_of(0x3FD5555555555555ul) - t * 0.25lf));
  precise double u = f64_of(0x3FF7154760000000ul) * t;
  precise double v = t * f64_of(0x3E54AE0BF85DDF44ul) - w * f64_of(0x3FF71547652B82FEul);
  precise double sum = u + v;
  t1 = power_top(sum);
  precise double rest = v - (t1 - u);
  t2 = rest;
}

// 2^(pHigh + pLow), of which `top` is the upper half of the sum.
double power_exp2(double pHigh, double pLow, int top, bool negative) {
  int size = top & 0x7FFFFFFF;
  int n = 0;
  precise double ph = pHigh;
  if (size > 0x3FE00000) {
    int k = (size >> 20) - 1023;
    n = top + (0x100000 >> (k + 1));
    k = ((n & 0x7FFFFFFF) >> 20) - 1023;
    double t = power_of_high(uint(n & ~(0xFFFFF >> k)));
    n = ((n & 0xFFFFF) | 0x100000) >> (20 - k);
    if (top < 0) {
      n = -n;
    }
    ph = ph - t;
  }
  precise double sum = pLow + ph;
  precise double t = power_top(sum);
  precise double u = t * f64_of(0x3FE62E4300000000ul);
  precise double v = (pLow - (t - ph)) * f64_of(0x3FE62E42FEFA39EFul) + t * f64_of(0xBE205C610CA86C39ul);
  precise double z = u + v;
  precise double w = v - (z - u);
  t = z * z;
  precise double p = f64_of(0x3E66376972BEA4D0ul);
  p = f64_of(0xBEBBBD41C5D26BF1ul) + t * p;
  p = f64_of(0x3F11566AAF25DE2Cul) + t * p;
  p = f64_of(0xBF66C16C16BEBD93ul) + t * p;
  p = f64_of(0x3FC555555555553Eul) + t * p;
  precise double c = z - t * p;
  precise double r = (z * c) / (c - 2.0lf) - (w + z * w);
  precise double y = 1.0lf - (r - z);
  return power_scaled(y, n, negative);
}

// Of exponents beyond 2^31: bases not next to 1 have left the range.
bool power_far(uint high, bool huge) {
  return huge || high < 0x3FEFFFFFu || high > 0x3FF00000u;
}

double power_finite(double a, double b, bool negative) {
  uint high = math_high(a);
  uint size = math_high(b) & 0x7FFFFFFFu;
  double t1;
  double t2;
  if (size > 0x41E00000u) {
    if (power_far(high, size > 0x43F00000u)) {
      bool grows = (high >= 0x3FF00000u) == ((f64_bits(b) & F64_SIGN) == 0ul);
      return grows ? math_infinity(negative) : f64_of(negative ? F64_SIGN : 0ul);
    }
    power_log2_near(a, t1, t2);
  } else {
    power_log2(a, t1, t2);
  }
  double y1 = power_top(b);
  precise double pLow = (b - y1) * t1 + b * t2;
  precise double pHigh = y1 * t1;
  precise double z = pLow + pHigh;
  int j = int(math_high(z));
  uint low = uint(f64_bits(z));
  precise double gap = z - pHigh;
  if (j >= 0x40900000) {
    precise double beyond = pLow + f64_of(0x3C971547652B82FEul);
    if (j != 0x40900000 || low != 0u || f64_lt(gap, beyond)) {
      return math_infinity(negative);
    }
  } else if ((j & 0x7FFFFFFF) >= 0x4090CC00) {
    if (uint(j) != 0xC090CC00u || low != 0u || f64_le(pLow, gap)) {
      return f64_of(negative ? F64_SIGN : 0ul);
    }
  }
  return power_exp2(pHigh, pLow, j, negative);
}

double math_pow(double a, double b) {
  uint64_t size = f64_bits(b) & ~F64_SIGN;
  uint64_t base = f64_bits(a) & ~F64_SIGN;
  bool inverse = (f64_bits(b) & F64_SIGN) != 0ul;
  bool below = (f64_bits(a) & F64_SIGN) != 0ul;
  if (size == 0ul) {
    return 1.0lf;
  }
  if (size > F64_INFINITY || base > F64_INFINITY) {
    return f64_of(F64_NAN);
  }
  if (f64_bits(b) == 0x3FF0000000000000ul) {
    return a;
  }
  if (f64_bits(b) == 0x4000000000000000ul) {
    return f64_mul(a, a);
  }
  if (size == F64_INFINITY) {
    if (base == 0x3FF0000000000000ul) {
      return f64_of(F64_NAN);
    }
    return (base > 0x3FF0000000000000ul) == inverse ? 0.0lf : math_infinity(false);
  }
  if (size == 0x3FF0000000000000ul) {
    return f64_div(1.0lf, a);
  }
  if (f64_bits(b) == 0x3FE0000000000000ul && !(below && base != 0ul)) {
    return f64_sqrt(f64_of(base));
  }
  int whole = below ? power_whole(size) : 2;
  bool negative = whole == 1;
  if (base == 0ul || base == F64_INFINITY || base == 0x3FF0000000000000ul) {
    if (base == 0x3FF0000000000000ul) {
      return whole == 0 ? f64_of(F64_NAN) : f64_of(base | (negative ? F64_SIGN : 0ul));
    }
    return (base == 0ul) == inverse ? math_infinity(negative) : f64_of(negative ? F64_SIGN : 0ul);
  }
  if (whole == 0) {
    return f64_of(F64_NAN);
  }
  return power_finite(f64_of(base), b, negative);
}

double math_cbrt(double a) {
  uint64_t bits = f64_bits(a) & ~F64_SIGN;
  if (bits == 0ul || bits >= F64_INFINITY) {
    return f64_canonical(a);
  }
  // Subnormal numbers by way of a multiple whose root is a power of 2 larger, as all steps scale by.
  bool small = (bits >> 52) == 0ul;
  uint high = uint(bits >> 32);
  uint guess = high / 3u + 715094163u;
  if (small) {
    uint64_t larger = f64_bits(f64_from_parts(u128(bits, 0ul), false, -1074 + 54, false));
    guess = uint(larger >> 32) / 3u + 696219795u;
    bits = larger;
  }
  double x = f64_of(bits);
  precise double t = power_of_high(guess);
  if (small) {
    t = t * 262144.0lf;
  }
  precise double r = t * t / x;
  precise double s = f64_of(0x3FE15F15F15F15F1ul) + r * t;
  t = t * (f64_of(0x3FD6DB6DB6DB6DB7ul) + f64_of(0x3FF9B6DB6DB6DB6Eul) / (s + f64_of(0x3FF6A0EA0EA0EA0Ful) + f64_of(0xBFE691DE2532C834ul) / s));
  t = f64_of((f64_bits(t) & 0xFFFFFFFF00000000ul) + 0x100000000ul);
  s = t * t;
  r = x / s;
  precise double w = t + t;
  r = (r - t) / (w + r);
  t = t + t * r;
  if (small) {
    t = t * 3.814697265625e-06lf;
  }
  return f64_of(f64_bits(t) | (f64_bits(a) & F64_SIGN));
}

double math_expm1(double a) {
  uint size = math_high(a) & 0x7FFFFFFFu;
  bool negative = (f64_bits(a) & F64_SIGN) != 0ul;
  if (f64_is_nan(a)) {
    return f64_of(F64_NAN);
  }
  if (size >= 0x4043687Au) {
    if (negative) {
      return -1.0lf;
    }
    if (f64_lt(f64_of(0x40862E42FEFA39EFul), a)) {
      return math_infinity(false);
    }
  }
  if (size < 0x3C900000u) {
    return a;
  }
  double high;
  double low;
  int k = math_halvings(a, high, low);
  precise double x = high - low;
  precise double c = (high - x) - low;
  precise double half_ = 0.5lf * x;
  precise double square = x * half_;
  precise double r = f64_of(0xBE8AFDB76E09C32Dul);
  r = f64_of(0x3ED0CFCA86E65239ul) + square * r;
  r = f64_of(0xBF14CE199EAADBB7ul) + square * r;
  r = f64_of(0x3F5A01A019FE5585ul) + square * r;
  r = f64_of(0xBFA11111111110F4ul) + square * r;
  r = f64_of(0x3FF0000000000000ul) + square * r;
  precise double t = 3.0lf - r * half_;
  precise double e = square * ((r - t) / (6.0lf - x * t));
  if (k == 0) {
    precise double y = x - (x * e - square);
    return y;
  }
  e = x * (e - c) - c;
  e = e - square;
  if (k == -1) {
    precise double y = 0.5lf * (x - e) - 0.5lf;
    return y;
  }
  if (k == 1) {
    precise double down = -2.0lf * (e - (x + 0.5lf));
    precise double up = 1.0lf + 2.0lf * (x - e);
    return f64_lt(x, -0.25lf) ? down : up;
  }
  precise double y = 1.0lf - (e - x);
  if (k <= -2 || k > 56) {
    precise double less = power_scaled(y, k, false) - 1.0lf;
    return less;
  }
  if (k < 20) {
    precise double near = power_of_high(0x3FF00000u - (0x200000u >> uint(k))) - (e - x);
    return power_scaled(near, k, f64_lt(near, 0.0lf));
  }
  precise double far = x - (e + power_of_high((0x3FFu - uint(k)) << 20));
  far = far + 1.0lf;
  return power_scaled(far, k, false);
}

double math_log1p(double a) {
  int high = int(math_high(a));
  uint size = math_high(a) & 0x7FFFFFFFu;
  if (f64_is_nan(a) || f64_lt(a, -1.0lf)) {
    return f64_of(F64_NAN);
  }
  if (f64_bits(a) == 0xBFF0000000000000ul) {
    return math_infinity(true);
  }
  if (f64_bits(a) == F64_INFINITY) {
    return a;
  }
  int k = 1;
  uint top = 1u;
  precise double f = a;
  precise double c = 0.0lf;
  if (high < 0x3FDA827A) {
    if (size < 0x3E200000u) {
      precise double near = a - a * a * 0.5lf;
      return size < 0x3C900000u ? a : near;
    }
    if (high > 0 || high <= int(0xBFD2BEC3u)) {
      k = 0;
    }
  }
  if (k != 0) {
    precise double u = a;
    if (high < 0x43400000) {
      u = 1.0lf + a;
    }
    top = math_high(u);
    k = int(top >> 20) - 1023;
    if (high < 0x43400000) {
      precise double above = 1.0lf - (u - a);
      precise double under = a - (u - 1.0lf);
      c = k > 0 ? above : under;
      c = c / u;
    }
    top &= 0xFFFFFu;
    uint lower = uint(f64_bits(u));
    uint exponent = 0x3FF00000u;
    if (top >= 0x6A09Eu) {
      k++;
      exponent = 0x3FE00000u;
    }
    u = f64_of((uint64_t(top | exponent) << 32) | uint64_t(lower));
    if (exponent == 0x3FE00000u) {
      top = (0x100000u - top) >> 2;
    }
    f = u - 1.0lf;
  }
  double n = double(k);
  precise double nHigh = n * f64_of(0x3FE62E42FEE00000ul);
  precise double nLow = n * f64_of(0x3DEA39EF35793C76ul);
  precise double low = nLow + c;
  precise double square = 0.5lf * f;
  square = square * f;
  if (top == 0u) {
    if (f64_is_zero(f)) {
      precise double whole = nHigh + (c + nLow);
      return k == 0 ? 0.0lf : whole;
    }
    precise double r = square * (1.0lf - f64_of(0x3FE5555555555555ul) * f);
    precise double alone = f - r;
    precise double both = nHigh - ((r - low) - f);
    return k == 0 ? alone : both;
  }
  precise double s = f / (2.0lf + f);
  precise double z = s * s;
  precise double r = f64_of(0x3FC2F112DF3E5244ul);
  r = f64_of(0x3FC39A09D078C69Ful) + z * r;
  r = f64_of(0x3FC7466496CB03DEul) + z * r;
  r = f64_of(0x3FCC71C51D8E78AFul) + z * r;
  r = f64_of(0x3FD2492494229359ul) + z * r;
  r = f64_of(0x3FD999999997FA04ul) + z * r;
  r = f64_of(0x3FE5555555555593ul) + z * r;
  r = z * r;
  precise double part = s * (square + r);
  precise double alone = f - (square - part);
  precise double both = nHigh - ((square - (part + low)) - f);
  return k == 0 ? alone : both;
}

// Largest number whose half has a finite exponential twice.
const uint64_t POWER_MOST = 0x408633CE8FB9F87Dul;

double math_sinh(double a) {
  uint64_t bits = f64_bits(a) & ~F64_SIGN;
  uint size = uint(bits >> 32);
  if (bits >= F64_INFINITY || size < 0x3E300000u) {
    return f64_canonical(a);
  }
  bool negative = (f64_bits(a) & F64_SIGN) != 0ul;
  double h = negative ? -0.5lf : 0.5lf;
  double x = f64_of(bits);
  if (size < 0x40360000u) {
    precise double t = math_expm1(x);
    precise double near = h * (2.0lf * t - t * t / (t + 1.0lf));
    precise double far = h * (t + t / (t + 1.0lf));
    return size < 0x3FF00000u ? near : far;
  }
  if (bits > POWER_MOST) {
    return math_infinity(negative);
  }
  bool large = size >= 0x40862E42u;
  precise double w = math_exp(large ? f64_mul(0.5lf, x) : x);
  precise double t = h * w;
  precise double twice = t * w;
  return large ? twice : t;
}

double math_cosh(double a) {
  uint64_t bits = f64_bits(a) & ~F64_SIGN;
  uint size = uint(bits >> 32);
  double x = f64_of(bits);
  if (bits >= F64_INFINITY) {
    return f64_canonical(x);
  }
  if (size < 0x3FD62E43u) {
    precise double t = math_expm1(x);
    precise double w = 1.0lf + t;
    precise double near = 1.0lf + (t * t) / (w + w);
    return size < 0x3C800000u ? w : near;
  }
  if (bits > POWER_MOST) {
    return math_infinity(false);
  }
  bool large = size >= 0x40862E42u;
  precise double w = math_exp(large ? f64_mul(0.5lf, x) : x);
  precise double t = 0.5lf * w;
  precise double both = t + 0.5lf / w;
  precise double twice = t * w;
  return size < 0x40360000u ? both : large ? twice : t;
}

double math_tanh(double a) {
  uint64_t bits = f64_bits(a) & ~F64_SIGN;
  uint size = uint(bits >> 32);
  if (bits > F64_INFINITY || bits == 0ul) {
    return f64_canonical(a);
  }
  if (size < 0x3C800000u) {
    precise double tiny = a * (1.0lf + a);
    return tiny;
  }
  double z = 1.0lf;
  if (size < 0x40360000u) {
    bool far = size >= 0x3FF00000u;
    precise double t = math_expm1(f64_mul(far ? 2.0lf : -2.0lf, f64_of(bits)));
    precise double above = 1.0lf - 2.0lf / (t + 2.0lf);
    precise double below = -t / (t + 2.0lf);
    z = far ? above : below;
  }
  return f64_of(f64_bits(z) | (f64_bits(a) & F64_SIGN));
}

#endif

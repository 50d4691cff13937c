// SPDX-License-Identifier: Apache-2.0
//
// Sines, cosines and tangents of doubles, Java's strict ones to the bit: fdlibm's (Sun Microsystems, 1993), operation by
// operation where one may round; where none does, with integers. A NaN gives the canonical one, an infinity NaN.
//
//   double math_sin(double a)   double math_cos(double a)   double math_tan(double a)
#ifndef KRONOS_CIRCLE_GLSL
#define KRONOS_CIRCLE_GLSL

#include "math.glsl"

// 2 / pi, 24 bits each, after two zeros: as many as the largest number and the longest reduction ask for.
const uint CIRCLE_INVERSE[54] = uint[](
    0x000000u, 0x000000u, 0xA2F983u, 0x6E4E44u, 0x1529FCu, 0x2757D1u, 0xF534DDu, 0xC0DB62u, 0x95993Cu,
    0x439041u, 0xFE5163u, 0xABDEBBu, 0xC561B7u, 0x246E3Au, 0x424DD2u, 0xE00649u, 0x2EEA09u, 0xD1921Cu,
    0xFE1DEBu, 0x1CB129u, 0xA73EE8u, 0x8235F5u, 0x2EBB44u, 0x84E99Cu, 0x7026B4u, 0x5F7E41u, 0x3991D6u,
    0x398353u, 0x39F49Cu, 0x845F8Bu, 0xBDF928u, 0x3B1FF8u, 0x97FFDEu, 0x05980Fu, 0xEF2F11u, 0x8B5A0Au,
    0x6D1F6Du, 0x367ECFu, 0x27CB09u, 0xB74F46u, 0x3F669Eu, 0x5FEA2Du, 0x7527BAu, 0xC7EBE5u, 0xF17B3Du,
    0x0739F7u, 0x8A5292u, 0xEA6BFBu, 0x5FB11Fu, 0x8D5D08u, 0x560330u, 0x46FC7Bu, 0x6BABF0u, 0xCFBC20u);

// pi / 2 in pieces of 24 bits.
const uint64_t CIRCLE_PIECES[5] = uint64_t[](
    0x3FF921FB40000000ul, 0x3E74442D00000000ul, 0x3CF8469880000000ul, 0x3B78CC5160000000ul, 0x39F01B8380000000ul);

// Digits of 24 bits that a reduction begins with, and that it may end with: no double is so near to a multiple of
// pi / 2 that it needs more.
const int CIRCLE_FIRST = 4;
const int CIRCLE_MOST = 10;

int circle_exponent(double a) {
  return int((math_high(a) >> 20) & 0x7FFu);
}

// x = n * pi / 2 + (high + low), of a number from pi / 4 to 2^19 * pi. Pieces of pi / 2 of 33 bits are taken away, as many as
// bits have been lost; products of them with n are exact.
int circle_near(double x, out double high, out double low) {
  uint size = math_high(x);
  int n = 1;
  if (size >= 0x4002D97Cu) {
    precise double turns = x * f64_of(0x3FE45F306DC9C883ul) + 0.5lf;
    n = f64_to_i32(turns);
  }
  double count = double(n);
  precise double whole = count * f64_of(0x3FF921FB54400000ul);
  precise double r = x - whole;
  precise double w = count * f64_of(0x3DD0B4611A626331ul);
  precise double y = r - w;
  bool far = n < 32 && size != math_high(f64_mul(count, f64_of(0x3FF921FB54442D18ul)));
  int exponent = int(size >> 20);
  if (!far && exponent - circle_exponent(y) > 16) {
    precise double t = r;
    w = count * f64_of(0x3DD0B4611A600000ul);
    r = t - w;
    w = count * f64_of(0x3BA3198A2E037073ul) - ((t - r) - w);
    y = r - w;
    if (size >= 0x4002D97Cu && exponent - circle_exponent(y) > 49) {
      t = r;
      w = count * f64_of(0x3BA3198A2E000000ul);
      r = t - w;
      w = count * f64_of(0x397B839A252049C1ul) - ((t - r) - w);
      y = r - w;
    }
  }
  precise double rest = (r - y) - w;
  high = y;
  low = rest;
  return n;
}

// A digit of the product of a number, in three digits, and 2 / pi, before carries.
uint64_t circle_product(uvec3 x, int digit) {
  return uint64_t(x.x) * uint64_t(CIRCLE_INVERSE[digit + 2]) + uint64_t(x.y) * uint64_t(CIRCLE_INVERSE[digit + 1])
      + uint64_t(x.z) * uint64_t(CIRCLE_INVERSE[digit]);
}

// The product's digits from `first` on: `count` whole ones, lowest first, and what is above them.
uint64_t circle_digits(uvec3 x, int first, int count, out uint digits[CIRCLE_MOST + 2]) {
  uint64_t z = circle_product(x, first + count);
  for (int i = 0; i < count; i++) {
    digits[i] = uint(z) & 0xFFFFFFu;
    z = circle_product(x, first + count - 1 - i) + (z >> 24);
  }
  return z;
}

// 1 less the fraction: the lowest digit that is not zero gives to those above.
bool circle_complement(inout uint digits[CIRCLE_MOST + 2], int count, int scale) {
  bool carry = false;
  for (int i = 0; i < count; i++) {
    uint digit = digits[i];
    digits[i] = carry ? 0xFFFFFFu - digit : digit == 0u ? 0u : 0x1000000u - digit;
    carry = carry || digit != 0u;
  }
  if (scale > 0) {
    digits[count - 1] &= 0xFFFFFFu >> scale;
  }
  return carry;
}

// The fraction of x * 2 / pi in the unit of its highest digit, 2^scale, and the whole part; `negative` where the fraction
// was above a half and is what it lacks of 1.
uint64_t circle_fraction(uint64_t z, int scale, int count, inout uint digits[CIRCLE_MOST + 2], out int n, out bool negative) {
  uint64_t fraction = 0ul;
  if (scale >= 0) {
    n = int((z << scale) & 7ul);
    uint top = digits[count - 1];
    n += int(top >> (24 - scale));
    digits[count - 1] = top & (0xFFFFFFu >> scale);
    negative = ((top >> (23 - scale)) & 1u) != 0u;
  } else {
    n = int((z >> -scale) & 7ul);
    fraction = z & ((1ul << -scale) - 1ul);
    negative = (fraction >> (-scale - 1)) != 0ul;
  }
  if (negative) {
    n++;
    bool carry = circle_complement(digits, count, scale);
    if (scale < 0) {
      fraction = (1ul << -scale) - fraction - (carry ? 1ul : 0ul);
    }
  }
  return fraction;
}

// digits * pi / 2 as a sum of two, of digits up to `last`, whose unit is 2^scale.
void circle_angle(uint digits[CIRCLE_MOST + 2], int last, int scale, out double high, out double low) {
  double terms[CIRCLE_MOST + 2];
  for (int i = last; i >= 0; i--) {
    precise double sum = 0.0lf;
    for (int k = 0; k < 5 && k <= last - i; k++) {
      uint64_t unit = uint64_t(1023 + scale - 24 * (last - i - k));
      precise double digit = f64_of(unit << 52) * double(int(digits[i + k]));
      sum = sum + f64_of(CIRCLE_PIECES[k]) * digit;
    }
    terms[last - i] = sum;
  }
  precise double all = 0.0lf;
  for (int i = last; i >= 0; i--) {
    all = all + terms[i];
  }
  precise double rest = terms[0] - all;
  for (int i = 1; i <= last; i++) {
    rest = rest + terms[i];
  }
  high = all;
  low = rest;
}

// The same of any larger finite number (M. Payne and R. Hanek, 1983): of x * 2 / pi only digits are computed that the
// fraction needs, and as many more as are zero.
int circle_far(uint64_t bits, out double high, out double low) {
  uint64_t m = (bits & F64_FRACTION) | (F64_FRACTION + 1ul);
  uvec3 x = uvec3(uint(m >> 29), uint(m >> 5) & 0xFFFFFFu, uint(m & 31ul) << 19);
  int exponent = int(bits >> 52) - 1046;
  int first = max((exponent - 3) / 24, 0);
  int scale = exponent - 24 * (first + 1);
  uint digits[CIRCLE_MOST + 2];
  int n;
  bool negative;
  int count = CIRCLE_FIRST;
  uint64_t fraction;
  bool more;
  do {
    uint64_t z = circle_digits(x, first, count, digits);
    fraction = circle_fraction(z, scale, count, digits, n, negative);
    more = fraction == 0ul && count < CIRCLE_MOST;
    for (int i = CIRCLE_FIRST; i < count; i++) {
      more = more && digits[i] == 0u;
    }
    if (more) {
      int zeros = 1;
      while (zeros < CIRCLE_FIRST && digits[CIRCLE_FIRST - zeros] == 0u) {
        zeros++;
      }
      count = min(count + zeros, CIRCLE_MOST);
    }
  } while (more);
  int last = count;
  if (fraction == 0ul) {
    do {
      last--;
      scale -= 24;
    } while (last > 0 && digits[last] == 0u);
  } else {
    digits[last] = uint(fraction) & 0xFFFFFFu;
    if (fraction >> 24 != 0ul) {
      last++;
      scale += 24;
      digits[last] = uint(fraction >> 24);
    }
  }
  circle_angle(digits, last, scale, high, low);
  high = negative ? f64_neg(high) : high;
  low = negative ? f64_neg(low) : low;
  return n;
}

// a = n * pi / 2 + (high + low) of a finite number, the sum within pi / 4; of n the last two bits are sure.
int circle_reduced(double a, out double high, out double low) {
  uint64_t bits = f64_bits(a) & ~F64_SIGN;
  uint size = uint(bits >> 32);
  high = a;
  low = 0.0lf;
  if (size <= 0x3FE921FBu) {
    return 0;
  }
  int n = size <= 0x413921FBu ? circle_near(f64_of(bits), high, low) : circle_far(bits, high, low);
  if ((f64_bits(a) & F64_SIGN) != 0ul) {
    high = f64_neg(high);
    low = f64_neg(low);
    return -n;
  }
  return n;
}

// The sine of x + y within pi / 4; y is the far smaller one, and none where `alone`.
double circle_sine(double x, double y, bool alone) {
  if ((math_high(x) & 0x7FFFFFFFu) < 0x3E400000u) {
    return x;
  }
  precise double z = x * x;
  precise double v = z * x;
  precise double r = f64_of(0x3DE5D93A5ACFD57Cul);
  r = f64_of(0xBE5AE5E68A2B9CEBul) + z * r;
  r = f64_of(0x3EC71DE357B1FE7Dul) + z * r;
  r = f64_of(0xBF2A01A019C161D5ul) + z * r;
  r = f64_of(0x3F8111111110F8A6ul) + z * r;
  double third = f64_of(0xBFC5555555555549ul);
  precise double one = x + v * (third + z * r);
  precise double both = x - ((z * (0.5lf * y - v * r) - y) - v * third);
  return alone ? one : both;
}

// The cosine of the same.
double circle_cosine(double x, double y) {
  uint size = math_high(x) & 0x7FFFFFFFu;
  if (size < 0x3E400000u) {
    return 1.0lf;
  }
  precise double z = x * x;
  precise double r = f64_of(0xBDA8FAE9BE8838D4ul);
  r = f64_of(0x3E21EE9EBDB4B1C4ul) + z * r;
  r = f64_of(0xBE927E4F809C52ADul) + z * r;
  r = f64_of(0x3EFA01A019CB1590ul) + z * r;
  r = f64_of(0xBF56C16C16C15177ul) + z * r;
  r = f64_of(0x3FA555555555554Cul) + z * r;
  r = z * r;
  precise double rest = z * r - x * y;
  precise double small = 1.0lf - (0.5lf * z - rest);
  double q = size > 0x3FE90000u ? 0.28125lf : f64_of(uint64_t(size - 0x200000u) << 32);
  precise double half_ = 0.5lf * z - q;
  precise double a = 1.0lf - q;
  precise double large = a - (half_ - rest);
  return size < 0x3FD33333u ? small : large;
}

// -1 / (a + b), of which a + b = w to a double.
double circle_inverse(double w, double a, double b) {
  double z = f64_of(f64_bits(w) & 0xFFFFFFFF00000000ul);
  precise double v = b - (z - a);
  precise double whole = -1.0lf / w;
  double t = f64_of(f64_bits(whole) & 0xFFFFFFFF00000000ul);
  precise double s = 1.0lf + t * z;
  precise double y = t + whole * (s + t * v);
  return y;
}

// The tangent of the same, or -1 divided by it where `inverse`.
double circle_tangent(double a, double b, bool inverse) {
  uint size = math_high(a) & 0x7FFFFFFFu;
  precise double x = a;
  precise double y = b;
  if (size < 0x3E300000u) {
    precise double sum = x + y;
    return inverse ? circle_inverse(sum, x, y) : x;
  }
  bool negative = (f64_bits(a) & F64_SIGN) != 0ul;
  bool large = size >= 0x3FE59428u;
  if (large) {
    x = negative ? f64_neg(a) : a;
    y = negative ? f64_neg(b) : b;
    precise double high = f64_of(0x3FE921FB54442D18ul) - x;
    precise double low = f64_of(0x3C81A62633145C07ul) - y;
    x = high + low;
    y = 0.0lf;
  }
  precise double z = x * x;
  precise double w = z * z;
  precise double r = f64_of(0xBEF375CBDB605373ul);
  r = f64_of(0x3F147E88A03792A6ul) + w * r;
  r = f64_of(0x3F4344D8F2F26501ul) + w * r;
  r = f64_of(0x3F6D6D22C9560328ul) + w * r;
  r = f64_of(0x3F9664F48406D637ul) + w * r;
  r = f64_of(0x3FC111111110FE7Aul) + w * r;
  precise double v = f64_of(0x3EFB2A7074BF7AD4ul);
  v = f64_of(0x3F12B80F32F0A7E9ul) + w * v;
  v = f64_of(0x3F3026F71A8D1068ul) + w * v;
  v = f64_of(0x3F57DBC8FEE08315ul) + w * v;
  v = f64_of(0x3F8226E3E96E8493ul) + w * v;
  v = f64_of(0x3FABA1BA1BB341FEul) + w * v;
  v = z * v;
  precise double s = z * x;
  r = y + z * (s * (r + v) + y);
  r = r + f64_of(0x3FD5555555555563ul) * s;
  w = x + r;
  if (large) {
    double one = inverse ? -1.0lf : 1.0lf;
    precise double t = one - 2.0lf * (x - (w * w / (w + one) - r));
    return negative ? f64_neg(t) : t;
  }
  return inverse ? circle_inverse(w, x, r) : w;
}

double math_sin(double a) {
  if (!f64_is_finite(a)) {
    return f64_of(F64_NAN);
  }
  double high;
  double low;
  int n = circle_reduced(a, high, low);
  double y = (n & 1) == 0 ? circle_sine(high, low, (math_high(a) & 0x7FFFFFFFu) <= 0x3FE921FBu) : circle_cosine(high, low);
  return (n & 2) == 0 ? y : f64_neg(y);
}

double math_cos(double a) {
  if (!f64_is_finite(a)) {
    return f64_of(F64_NAN);
  }
  double high;
  double low;
  int n = circle_reduced(a, high, low);
  double y = (n & 1) == 0 ? circle_cosine(high, low) : circle_sine(high, low, false);
  return ((n + 1) & 2) == 0 ? y : f64_neg(y);
}

double math_tan(double a) {
  if (!f64_is_finite(a)) {
    return f64_of(F64_NAN);
  }
  double high;
  double low;
  int n = circle_reduced(a, high, low);
  return circle_tangent(high, low, (n & 1) != 0);
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Decimal digits of floating point numbers, as Java's Double.toString and Float.toString choose them. There are two such
// choices: that of Java 19 and later, by the specification in the documentation of Double.toString, and that of Java 18
// and earlier, which is by an algorithm alone. The host knows which is its own (FloatText).
//
//   struct Digits { uint64_t value; uint count; int exponent; }     value * 10^exponent; count digits, perhaps with zeros
//                                                                   in front; the sign is not in it
//   Digits digits_f64_shortest(double a)   digits_f32_shortest(float a)     Java 19 and later
//   Digits digits_f64_early(double a)      digits_f32_early(float a)        Java 18 and earlier
//                                                                   anything for infinities and NaN
//   bool digits_decimal(Digits d, bool negative, uint p, uint s, out i128 value)
//                                                                   rounded half up to scale s; false if it does not
//                                                                   fit p digits
//
// The number and the ends of the interval around it that rounds to it are scaled by a power of ten, so that the distance
// of a quarter of a unit in the last place becomes 10 to 100, and cut to integers. The power is known to 128 bits. That
// is enough: for no exponent of two is a scaled number below 2^56, if it is no integer, so close below an integer that the
// error of the power takes it there (PowersOfFiveTest proves it). Which of them are integers follows from their factors.
// (The scaling is in the spirit of Adams, Ryu: Fast Float-to-String Conversion, 2018, and of Giulietti, The Schubfach
// Way to Render Doubles, 2020; the early algorithm is that of Steele and White, 1990, with a first guess.)
#ifndef KRONOS_DIGITS_GLSL
#define KRONOS_DIGITS_GLSL

#include "abi.glsl"
#include "float.glsl"
#include "int128.glsl"
#include "pow5.glsl"

struct Digits {
  uint64_t value;
  uint count;
  int exponent;
};

const Digits DIGITS_ZERO = Digits(0ul, 1u, 0);

// m * 2^(exponent - 52), m being 2^52 or more, and below 2^53; of zero m is 0.
struct DigitsBinary {
  uint64_t m;
  int exponent;
  uint bits;      // how many of m the format has at this exponent
  bool lowest;    // the exponent is the format's lowest: both neighbours are equally far
};

// What rounds to a number, scaled.
struct DigitsInterval {
  uint64_t value;     // the number, cut
  bool exact;         // it was an integer
  uint64_t lowest;    // the first integer in the interval
  uint64_t highest;   // the last one
  int power;          // the scale, as a power of ten
};

uint digits_trailing_zeros(uint64_t a) {
  uint low = uint(a);
  return low != 0u ? uint(findLSB(low)) : 32u + uint(findLSB(uint(a >> 32)));
}

// Decimal digits of an integer, one for zero.
uint digits_count(uint64_t a) {
  uint count = ((64u - u64_clz(a | 1ul)) * 1233u) >> 12;
  return max(1u, count + (count < 20u && a >= u64_pow10(count) ? 1u : 0u));
}

DigitsBinary digits_binary(uint64_t fraction, uint field, uint bits, int bias) {
  if (field != 0u) {
    return DigitsBinary((fraction | (1ul << (bits - 1u))) << (53u - bits), int(field) - bias, bits, field == 1u);
  }
  uint shift = u64_clz(fraction | 1ul) - (64u - bits);
  return DigitsBinary(fraction << (shift + 53u - bits), 1 - bias - int(shift), bits - shift, true);
}

DigitsBinary digits_binary(double a) {
  uint64_t bits = f64_bits(a);
  return digits_binary(bits & F64_FRACTION, uint(bits >> 52) & 0x7FFu, 53u, 1023);
}

DigitsBinary digits_binary(float a) {
  uint bits = f32_bits(a);
  return digits_binary(uint64_t(bits & 0x7FFFFFu), (bits >> 23) & 0xFFu, 24u, 127);
}

// ---- scaling

// The integer part of (low, high) * 2^-(shift + 64). It is all there is if the fraction is below the error.
uint64_t digits_integer(uint64_t low, u128 high, uint shift, out bool exact) {
  exact = low < 1ul << 56 && (high.lo & ((1ul << shift) - 1ul)) == 0ul;
  return (high.lo >> shift) | (high.hi << (64u - shift));
}

// a * 2^n in three words, n below 64.
u128 digits_shifted(u128 a, uint n, out uint64_t low) {
  low = a.lo << n;
  return u128((a.hi << n) | ((a.lo >> 1u) >> (63u - n)), (a.hi >> 1u) >> (63u - n));
}

// The interval reaches a quarter of a unit in the last place, times 2^below and 2^above, to either side.
DigitsInterval digits_interval(DigitsBinary b, uint below, uint above, bool lowEnd, bool highEnd) {
  int exponent = b.exponent - 54;
  int power = 1 - ((exponent * 78913) >> 18);
  u128 factor = pow5_power(power);
  uint shift = uint(63 - exponent - power - pow5_log2(power));
  u128 low = u128_mul_u64(4ul * b.m, factor.lo);
  u128 high = u128_add(u128_mul_u64(4ul * b.m, factor.hi), u128(low.hi, 0ul));
  DigitsInterval i;
  i.power = power;
  i.value = digits_integer(low.lo, high, shift, i.exact);
  uint64_t reach;
  u128 reachHigh = digits_shifted(factor, 53u - b.bits + below, reach);
  u128 end = u128_sub(u128_sub(high, reachHigh), u128(low.lo < reach ? 1ul : 0ul, 0ul));
  bool exact;
  i.lowest = digits_integer(low.lo - reach, end, shift, exact);
  i.lowest += lowEnd && exact ? 0ul : 1ul;
  reachHigh = digits_shifted(factor, 53u - b.bits + above, reach);
  reach += low.lo;
  end = u128_add(u128_add(high, reachHigh), u128(reach < low.lo ? 1ul : 0ul, 0ul));
  i.highest = digits_integer(reach, end, shift, exact);
  i.highest -= !highEnd && exact ? 1ul : 0ul;
  return i;
}

// A number cut to fewer digits, and whether that and the next one are in its interval.
struct DigitsCut {
  uint64_t value;
  bool low;
  bool high;
  bool nearer;     // the next one is nearer, or as near and even
};

DigitsCut digits_cut(DigitsInterval i, uint zeros) {
  uint64_t unit = u64_pow10(zeros);
  uint64_t cut = i.value / unit;
  uint64_t rest = i.value - cut * unit;
  bool tie = rest == unit >> 1u && i.exact;
  return DigitsCut(
      cut,
      i.value - rest >= i.lowest,
      i.value + (unit - rest) <= i.highest,
      tie ? (cut & 1ul) != 0ul : rest >= unit >> 1u);
}

// The one of the two that is in the interval, or the nearer one.
uint64_t digits_chosen(DigitsCut c) {
  return c.value + (c.high && (c.nearer || !c.low) ? 1ul : 0ul);
}

// Without zeros at the end.
Digits digits_stripped(uint64_t value, int exponent) {
  for (uint64_t rest = value / 10ul; rest > 0ul && rest * 10ul == value; rest /= 10ul) {
    value = rest;
    exponent++;
  }
  return Digits(value, digits_count(value), exponent);
}

// ---- Java 19 and later

// The fewest digits, but two if one would do, for then the nearest is wanted; halfway the even one.
Digits digits_shortest(DigitsBinary b) {
  if (b.m == 0ul) {
    return DIGITS_ZERO;
  }
  bool even = ((b.m >> (53u - b.bits)) & 1ul) == 0ul;
  bool closer = b.m == 1ul << 52 && !b.lowest;
  DigitsInterval i = digits_interval(b, closer ? 0u : 1u, 1u, even, even);
  uint zeros = digits_count(i.value) - 1u;
  DigitsCut c;
  // With one zero an end is in the interval, which reaches ten and more to either side.
  do {
    zeros--;
    c = digits_cut(i, zeros);
  } while (!(c.low || c.high) && zeros > 1u);
  return digits_stripped(digits_chosen(c), int(zeros) - i.power);
}

Digits digits_f64_shortest(double a) {
  return digits_shortest(digits_binary(a));
}

Digits digits_f32_shortest(float a) {
  return digits_shortest(digits_binary(a));
}

// ---- Java 18 and earlier
// What is there beside the digits of Steele and White's algorithm: whole numbers below 2^63 lose as many digits as a
// power of two has by which they exceed their precision; a power of two has a quarter of a unit on either side; the ends
// of the interval are no part of it, but the upper one is in long arithmetic; and arithmetic of 32 and 64 bits, taken
// where all but the width of the interval fits, overflows.

const uint DIGITS_PLAIN = 8u;

Digits digits_whole(DigitsBinary b) {
  uint64_t value = b.exponent >= 52 ? b.m << uint(b.exponent - 52) : b.m >> uint(52 - b.exponent);
  uint excess = uint(max(b.exponent - int(b.bits) - 1, 0));
  uint drop = (excess * 1233u) >> 12;
  uint64_t unit = u64_pow10(drop);
  uint64_t cut = value / unit;
  cut += drop > 0u && value - cut * unit >= unit >> 1u ? 1ul : 0ul;
  return digits_stripped(cut, int(drop));
}

// The decimal exponent, or one more: the logarithm by its tangent at 1.5, in the same steps.
int digits_guess(DigitsBinary b) {
  precise double fraction = f64_of((b.m & F64_FRACTION) | 0x3FF0000000000000ul) - 1.5lf;
  precise double slope = fraction * 0.289529654lf;
  precise double tangent = slope + 0.176091259lf;
  precise double whole = double(b.exponent) * 0.301029995663981lf;
  precise double guess = tangent + whole;
  int cut = int(guess);
  return cut - (double(cut) > guess ? 1 : 0);
}

// With an exponent in the text there are at least two digits.
bool digits_two(int exponent) {
  return exponent < -3 || exponent >= int(DIGITS_PLAIN);
}

// Rounded up, all nines become a one and zeros, as many.
Digits digits_finished(uint64_t value, uint count, int exponent) {
  bool carried = count > 0u && count < 20u && value == u64_pow10(count);
  return Digits(carried ? value / 10ul : value, count, carried ? exponent + 1 : exponent);
}

int64_t digits_wrapped(int64_t a, bool narrow) {
  return narrow ? i64_from_i32(int(a)) : a;
}

// The number is n / s, the width of the interval on either side m / s, both 10^exponent times that.
Digits digits_small(int64_t n, int64_t s, int64_t m, int exponent, bool narrow) {
  int64_t tens = s * 10l;
  uint64_t value = 0ul;
  uint count = 0u;
  bool low = false;
  bool high = false;
  for (uint turn = 0u; turn < 20u && !(low || high); turn++) {
    int64_t digit = n / s;
    n = (n - digit * s) * 10l;
    m = digits_wrapped(m * 10l, narrow);
    bool lost = turn > 0u && m <= 0l;
    low = lost || n < m;
    high = lost || digits_wrapped(n + m, narrow) > tens;
    value = value * 10ul + uint64_t(digit);
    if (turn == 0u) {
      bool none = digit == 0l && !high;
      exponent -= none ? 1 : 0;
      count = none ? 0u : 1u;
      bool two = digits_two(exponent);
      low = low && !two;
      high = high && !two;
    } else {
      count++;
    }
  }
  int64_t beyond = digits_wrapped(n * 2l - tens, narrow);
  bool up = high && (!low || beyond > 0l || (beyond == 0l && (value & 1ul) != 0ul));
  return digits_finished(up ? value + 1ul : value, count, exponent + 1 - int(count));
}

Digits digits_large(DigitsBinary b, bool power, int exponent) {
  uint reach = power ? 0u : 1u;
  DigitsInterval i = digits_interval(b, reach, reach, false, true);
  uint first = uint(exponent + i.power);
  uint zeros = first + 1u;
  uint none = 0u;
  bool more;
  DigitsCut c;
  do {
    zeros--;
    c = digits_cut(i, zeros);
    more = !(c.low || c.high);
    if (zeros == first) {
      none = c.value == 0ul && !c.high ? 1u : 0u;
      exponent -= int(none);
      more = more || digits_two(exponent);
    }
  } while (more && zeros > 1u);
  uint count = first + 1u - zeros - none;
  return digits_finished(digits_chosen(c), count, exponent + 1 - int(count));
}

// Bits of 5^k, or more.
int digits_pow5_bits(int k) {
  return k == 0 ? 0 : (k < 27 ? pow5_log2(k) + 1 : 3 * k);
}

Digits digits_early(DigitsBinary b) {
  if (b.m == 0ul) {
    return DIGITS_ZERO;
  }
  uint tail = digits_trailing_zeros(b.m);
  int size = 53 - int(tail);
  int tiny = max(0, size - b.exponent - 1);
  if (b.exponent <= 62 && tiny == 0) {
    return digits_whole(b);
  }
  int exponent = digits_guess(b);
  // Powers of five and two: of the number, of the scale, and of the interval, whose fives are those of the number.
  int fives = max(0, -exponent);
  int scaleFives = max(0, exponent);
  int twos = fives + tiny + b.exponent + 1 - size;
  int scaleTwos = scaleFives + tiny;
  int widthTwos = fives + tiny + b.exponent - int(b.bits) - (size == 1 ? 1 : 0);
  int spare = min(min(twos, scaleTwos), widthTwos);
  twos -= spare;
  scaleTwos -= spare;
  int bits = max(size + twos + digits_pow5_bits(fives), scaleTwos + 1 + digits_pow5_bits(scaleFives + 1));
  if (bits >= 64) {
    return digits_large(b, size == 1, exponent);
  }
  int64_t five = int64_t(u64_pow5(uint(min(fives, 27))));
  return digits_small(
      (int64_t(b.m >> tail) * five) << uint(twos),
      int64_t(u64_pow5(uint(min(scaleFives, 27)))) << uint(scaleTwos),
      five << uint(widthTwos - spare),
      exponent,
      bits < 32);
}

Digits digits_f64_early(double a) {
  return digits_early(digits_binary(a));
}

Digits digits_f32_early(float a) {
  return digits_early(digits_binary(a));
}

// ---- decimals

bool digits_decimal(Digits d, bool negative, uint p, uint s, out i128 value) {
  int shift = d.exponent + int(s);
  bool overflow = d.value != 0ul && shift > 38;
  u128 magnitude = u128(d.value, 0ul);
  if (shift >= 0) {
    magnitude = u128_mul_checked(magnitude, u128_pow10(uint(min(shift, 38))), overflow);
  } else {
    uint64_t unit = u64_pow10(uint(min(-shift, 19)));
    uint64_t whole = d.value / unit;
    whole += d.value - whole * unit >= unit >> 1u ? 1ul : 0ul;
    magnitude.lo = shift < -19 ? 0ul : whole;
  }
  value = i128_from_magnitude(magnitude, negative);
  return !overflow && u128_fits_precision(magnitude, p);
}

#endif

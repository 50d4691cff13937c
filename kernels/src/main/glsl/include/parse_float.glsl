// SPDX-License-Identifier: Apache-2.0
//
// Floating point numbers of strings, as Java and Spark's casts read them. Here no more than characters up to the space
// are cut off at the ends.
//
//   bool parse_f64(Str s, out double value)    bool parse_f32(Str s, out float value)
//                                          as Double.parseDouble, which takes hexadecimal digits too, and the words inf,
//                                          infinity and nan in either case; correctly rounded; false if it is none
//
// Decimal to binary: 19 digits times 128 bits of a power of five bound the result on both sides. Where the bounds round
// to different numbers, all digits are compared with the number halfway between these, in long integers. (The fast path
// is in the spirit of Lemire, Number Parsing at a Gigabyte per Second, 2021, with a table of every 27th power.)
#ifndef KRONOS_PARSE_FLOAT_GLSL
#define KRONOS_PARSE_FLOAT_GLSL

#include "abi.glsl"
#include "int128.glsl"
#include "float.glsl"
#include "parse_number.glsl"
#include "pow5.glsl"

// Bits of m * 2^exponent without a sign, of either format; past infinity for what is too large.
uint64_t number_round(u128 m, bool sticky, int exponent, bool wide) {
  int near = clamp(exponent, -3000, 2000);
  return wide ? float_round(m, sticky, near, 52, -1022) : float_round(m, sticky, near, 23, -126);
}

const uint NUMBER_LIMBS = 46u;
uint64_t number_limbs[2u * NUMBER_LIMBS];

// Multiplies the integer that begins at a limb and has some, and adds to it.
uint number_multiply(uint begin, uint size, uint64_t factor, uint64_t carry) {
  for (uint k = 0u; k < size; k++) {
    u128 sum = u128_add(u128_mul_u64(number_limbs[begin + k], factor), u128(carry, 0ul));
    number_limbs[begin + k] = sum.lo;
    carry = sum.hi;
  }
  if (carry != 0ul) {
    number_limbs[begin + size] = carry;
    size++;
  }
  return size;
}

uint number_scaled(uint begin, uint size, uint power) {
  for (uint left = power; left > 0u;) {
    uint step = min(left, 27u);
    size = number_multiply(begin, size, u64_pow5(step), 0ul);
    left -= step;
  }
  return size;
}

// The k-th 64 bits from the highest one on.
uint64_t number_top(uint begin, uint size, uint k) {
  if (k >= size) {
    return 0ul;
  }
  uint at = begin + size - 1u;
  uint shift = u64_clz(number_limbs[at]);
  uint64_t word = number_limbs[at - k] << shift;
  return shift == 0u || k + 1u >= size ? word : word | (number_limbs[at - k - 1u] >> (64u - shift));
}

const uint NUMBER_DIGITS = 800u;

// Compares the number, whose first digit is at 10^(magnitude - 1), with halfway * 2^exponent: -1, 0, 1.
int number_compare(Str s, NumberText n, int magnitude, uint64_t halfway, int exponent) {
  uint left = 0u;
  uint taken = min(n.digits, NUMBER_DIGITS);
  uint place = n.first;
  uint64_t chunk = 0ul;
  uint pending = 0u;
  for (uint k = 0u; k < taken; k++) {
    place += str_byte(s, place) == 0x2Eu ? 1u : 0u;
    chunk = chunk * 10ul + uint64_t(str_byte(s, place) - 0x30u);
    place++;
    pending++;
    if (pending == NUMBER_HEAD || k + 1u == taken) {
      left = number_multiply(0u, left, u64_pow10(pending), chunk);
      chunk = 0ul;
      pending = 0u;
    }
  }
  // No halfway number has more digits than those; what follows makes it more than they are.
  bool more = false;
  for (uint k = taken; k < n.digits && !more; k++) {
    place += str_byte(s, place) == 0x2Eu ? 1u : 0u;
    more = str_byte(s, place) != 0x30u;
    place++;
  }
  if (more) {
    left = number_multiply(0u, left, 10ul, 1ul);
    taken++;
  }
  int power = magnitude - int(taken);
  number_limbs[NUMBER_LIMBS] = halfway;
  uint right = 1u;
  if (power >= 0) {
    left = number_scaled(0u, left, uint(power));
  } else {
    right = number_scaled(NUMBER_LIMBS, right, uint(-power));
  }
  int leftBits = int(left * 64u - u64_clz(number_limbs[left - 1u])) + power;
  int rightBits = int(right * 64u - u64_clz(number_limbs[NUMBER_LIMBS + right - 1u])) + exponent;
  int result = int(leftBits > rightBits) - int(leftBits < rightBits);
  for (uint k = 0u; k < max(left, right) && result == 0; k++) {
    uint64_t a = number_top(0u, left, k);
    uint64_t b = number_top(NUMBER_LIMBS, right, k);
    result = int(a > b) - int(a < b);
  }
  return result;
}

// The one of two neighbours, a number and the next one, that all digits round to.
uint64_t number_between(Str s, NumberText n, int magnitude, uint64_t low, bool wide) {
  uint fraction = wide ? 52u : 23u;
  int field = int(low >> fraction);
  uint64_t m = low & ((1ul << fraction) - 1ul);
  m |= field == 0 ? 0ul : 1ul << fraction;
  int exponent = max(field, 1) - (wide ? 1075 : 150);
  int compared = number_compare(s, n, magnitude, 2ul * m + 1ul, exponent - 1);
  return compared > 0 || (compared == 0 && (low & 1ul) != 0ul) ? low + 1ul : low;
}

// Bits of the number without its sign.
uint64_t number_bits(Str s, NumberText n, bool wide) {
  int64_t far = int64_t(uint64_t(n.digits)) - n.scale;
  if (n.digits == 0u || far < -330l) {
    return 0ul;
  }
  if (far > 310l) {
    return wide ? F64_INFINITY : uint64_t(F32_INFINITY);
  }
  int magnitude = int(far);
  int power = magnitude - int(min(n.digits, NUMBER_HEAD));
  int step = (power + 27 * 13) / 27 - 13;
  uint64_t rest = u64_pow5(uint(power - step * 27));
  u128 table = u128(POW5_STEPS[3 * (step + 13) + 1], POW5_STEPS[3 * (step + 13) + 2]);
  bool cut = n.digits > NUMBER_HEAD;
  u128 low = u128_mul_u64(n.head, rest);
  u128 high = cut ? u128_add(low, u128(rest, 0ul)) : low;
  uint shift = u128_clz(high);
  int exponent = ((217706 * 27 * step) >> 16) - 27 * step - 127 + power + 128 - int(shift);
  u256 product = u128_mul_wide(u128_shl(low, shift), table);
  bool exact = step >= 0 && step <= 2;
  bool sticky = !exact || !u128_is_zero(u256_low(product));
  uint64_t bits = number_round(u256_high(product), sticky, exponent, wide);
  if (cut || !exact) {
    u128 bound = u256_high(cut ? u128_mul_wide(u128_shl(high, shift), table) : product);
    uint64_t above = number_round(u128_add(bound, u128(1ul, 0ul)), true, exponent, wide);
    if (above != bits) {
      bits = number_between(s, n, magnitude, bits, wide);
    }
  }
  return min(bits, wide ? F64_INFINITY : uint64_t(F32_INFINITY));
}

uint number_hex(uint byte) {
  uint letter = (byte | 0x20u) - 0x61u;
  return letter < 6u ? letter + 10u : min(byte - 0x30u, 16u);
}

// Hexadecimal digits from i on, behind 0x; the exponent is of two, and must be there.
bool number_hexadecimal(Str s, uint i, bool wide, out uint end, out uint64_t bits) {
  u128 m = u128(0ul, 0ul);
  bool sticky = false;
  bool point = false;
  uint seen = 0u;
  uint kept = 0u;
  int64_t exponent = 0l;
  bits = 0ul;
  end = i;
  for (; i < s.size; i++) {
    uint byte = str_byte(s, i);
    if (byte == 0x2Eu && !point) {
      point = true;
      continue;
    }
    uint digit = byte >= 0x30u && (byte <= 0x39u || byte >= 0x41u) ? number_hex(byte) : 16u;
    if (digit > 15u) {
      break;
    }
    seen++;
    exponent -= point ? 4l : 0l;
    if (kept > 0u || digit > 0u) {
      kept++;
    }
    if (kept <= 30u) {
      m = u128_add(u128_shl(m, 4u), u128(uint64_t(digit), 0ul));
    } else {
      sticky = sticky || digit > 0u;
      exponent += 4l;
    }
  }
  if (seen == 0u || i >= s.size || (str_byte(s, i) | 0x20u) != 0x70u) {
    return false;
  }
  NumberText n = NumberText(0u, 0u, 0u, 0ul, 0l, true, i + 1u);
  if (!number_exponent(s, false, n)) {
    return false;
  }
  end = n.end;
  exponent = clamp(exponent - n.scale, -NUMBER_FAR, NUMBER_FAR);
  bits = number_round(m, sticky, int(exponent), wide);
  bits = min(bits, wide ? F64_INFINITY : uint64_t(F32_INFINITY));
  return true;
}

// inf, infinity or nan in either case; NaN with a sign in this case alone.
bool number_word(Str s, uint begin, bool wide, out uint64_t bits) {
  uint size = s.size - begin;
  bits = wide ? F64_INFINITY : uint64_t(F32_INFINITY);
  if (size != 3u && size != 8u) {
    return false;
  }
  uint64_t word = str_word(Str(s.address + uint64_t(begin), size), 0u);
  uint64_t lower = word | 0x2020202020202020ul;
  if (size == 8u) {
    return lower == 0x7974696E69666E69ul;
  }
  if ((lower & 0xFFFFFFul) == 0x666E69ul) {
    return true;
  }
  bits = wide ? F64_NAN : uint64_t(F32_NAN);
  return begin == 0u ? (lower & 0xFFFFFFul) == 0x6E616Eul : word == 0x4E614Eul;
}

bool parse_floating(Str s, bool wide, out bool negative, out uint64_t bits) {
  Str text = number_trimmed(s);
  negative = false;
  bits = 0ul;
  uint sign = text.size == 0u ? 0u : str_byte(text, 0u);
  uint begin = sign == 0x2Bu || sign == 0x2Du ? 1u : 0u;
  if (number_word(text, begin, wide, bits)) {
    negative = sign == 0x2Du && bits == (wide ? F64_INFINITY : uint64_t(F32_INFINITY));
    return true;
  }
  negative = sign == 0x2Du;
  uint end;
  if (text.size >= begin + 2u && str_byte(text, begin) == 0x30u && (str_byte(text, begin + 1u) | 0x20u) == 0x78u) {
    if (!number_hexadecimal(text, begin + 2u, wide, end, bits)) {
      return false;
    }
  } else {
    NumberText n;
    if (!number_scan(text, begin, false, n)) {
      return false;
    }
    end = n.end;
    bits = number_bits(text, n, wide);
  }
  uint suffix = end < text.size ? str_byte(text, end) | 0x20u : 0u;
  end += suffix == 0x64u || suffix == 0x66u ? 1u : 0u;
  return end == text.size;
}

bool parse_f64(Str s, out double value) {
  bool negative;
  uint64_t bits;
  bool parsed = parse_floating(s, true, negative, bits);
  value = f64_of(parsed ? (negative ? bits | F64_SIGN : bits) : 0ul);
  return parsed;
}

bool parse_f32(Str s, out float value) {
  bool negative;
  uint64_t bits;
  bool parsed = parse_floating(s, false, negative, bits);
  value = f32_of(parsed ? (negative ? uint(bits) | F32_SIGN : uint(bits)) : 0u);
  return parsed;
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Numbers of strings, as Java and Spark's casts read them: decimals here, floating point in parse_float.glsl, which finds
// digits and exponent by number_scan. No more than characters up to the space are cut off at the ends.
//
//   bool parse_decimal(Str s, uint p, uint s, out i128 value)
//                                          as java.math.BigDecimal reads digits, of any script, and an exponent; rounded
//                                          half up to scale s; false if it is none or does not fit p digits
#ifndef KRONOS_PARSE_NUMBER_GLSL
#define KRONOS_PARSE_NUMBER_GLSL

#include "abi.glsl"
#include "int128.glsl"
#include "text.glsl"

// A number without its sign: digits * 10^-scale.
struct NumberText {
  uint first;      // place of the first digit that is no zero
  uint digits;     // how many there are from it on
  uint seen;       // how many there are with leading zeros
  uint64_t head;   // the first 19 of them, or all
  int64_t scale;
  bool exponent;   // in the range of exponents
  uint end;        // place behind the number
};

const uint NUMBER_HEAD = 19u;
const int64_t NUMBER_FAR = 100000l;

// Where the digits of scripts other than Latin begin, in the characters of two and three bytes.
const uint NUMBER_SCRIPTS[36] = uint[](
    0x660u, 0x6F0u, 0x7C0u, 0x966u, 0x9E6u, 0xA66u, 0xAE6u, 0xB66u, 0xBE6u, 0xC66u, 0xCE6u, 0xD66u, 0xDE6u,
    0xE50u, 0xED0u, 0xF20u, 0x1040u, 0x1090u, 0x17E0u, 0x1810u, 0x1946u, 0x19D0u, 0x1A80u, 0x1A90u, 0x1B50u,
    0x1BB0u, 0x1C40u, 0x1C50u, 0xA620u, 0xA8D0u, 0xA900u, 0xA9D0u, 0xA9F0u, 0xAA50u, 0xABF0u, 0xFF10u);

Str number_trimmed(Str s) {
  uint begin = 0u;
  uint end = s.size;
  while (begin < end && str_byte(s, begin) <= 0x20u) {
    begin++;
  }
  while (end > begin && str_byte(s, end - 1u) <= 0x20u) {
    end--;
  }
  return Str(s.address + uint64_t(begin), end - begin);
}

// The digit at i, or some number above 9.
uint number_digit(Str s, uint i, bool scripts, out uint size) {
  uint byte = str_byte(s, i);
  size = 1u;
  uint digit = byte - 0x30u;
  if (scripts && byte >= 0x80u) {
    uint character = utf8_decode(s, i, size);
    for (uint k = 0u; k < 36u; k++) {
      digit = min(digit, character - NUMBER_SCRIPTS[k]);
    }
  }
  return digit;
}

// Reads an exponent behind its letter.
bool number_exponent(Str s, bool scripts, inout NumberText n) {
  uint i = n.end;
  bool negative = i < s.size && str_byte(s, i) == 0x2Du;
  if (negative || (i < s.size && str_byte(s, i) == 0x2Bu)) {
    i++;
  }
  int64_t exponent = 0l;
  uint size;
  uint begin = i;
  for (; i < s.size; i += size) {
    uint digit = number_digit(s, i, scripts, size);
    if (digit > 9u) {
      break;
    }
    exponent = min(exponent * 10l + int64_t(uint64_t(digit)), 9999999999l);
  }
  exponent = negative ? -exponent : exponent;
  n.exponent = exponent >= -2147483648l && exponent <= 2147483647l;
  n.scale -= exponent;
  n.end = i;
  return i > begin;
}

// Reads digits with a point and an exponent; false if there are none, or none behind an e.
bool number_scan(Str s, uint begin, bool scripts, out NumberText n) {
  n = NumberText(begin, 0u, 0u, 0ul, 0l, true, begin);
  bool point = false;
  uint i = begin;
  uint size;
  for (; i < s.size; i += size) {
    uint digit = number_digit(s, i, scripts, size);
    if (digit > 9u) {
      if (point || str_byte(s, i) != 0x2Eu) {
        break;
      }
      point = true;
      continue;
    }
    n.seen++;
    n.scale += point ? 1l : 0l;
    n.first = n.digits == 0u ? i : n.first;
    n.digits += n.digits > 0u || digit > 0u ? 1u : 0u;
    if (n.digits <= NUMBER_HEAD) {
      n.head = n.head * 10ul + uint64_t(digit);
    }
  }
  n.end = i;
  if (n.seen > 0u && i < s.size && (str_byte(s, i) | 0x20u) == 0x65u) {
    n.end++;
    return number_exponent(s, scripts, n);
  }
  return n.seen > 0u;
}

// ---- decimals

bool parse_decimal(Str s, uint p, uint scale, out i128 value) {
  Str text = number_trimmed(s);
  value = i128(0ul, 0l);
  uint sign = text.size == 0u ? 0u : str_byte(text, 0u);
  NumberText n;
  if (!number_scan(text, sign == 0x2Bu || sign == 0x2Du ? 1u : 0u, true, n) || n.end != text.size) {
    return false;
  }
  if (!n.exponent || n.scale < -2147483648l || n.scale > 2147483647l) {
    return false;
  }
  // Zero has a digit, too: 0e38 is out of range.
  int64_t digits = int64_t(uint64_t(max(n.digits, 1u)));
  int64_t kept = digits - n.scale + int64_t(uint64_t(scale));
  if (digits - n.scale > 38l || (n.digits > 0u && kept > int64_t(uint64_t(p)))) {
    return false;
  }
  if (n.digits == 0u || kept < 0l) {
    return true;
  }
  u128 magnitude = u128(0ul, 0ul);
  uint place = n.first;
  uint size;
  uint digit = 0u;
  for (uint k = 0u; k <= uint(kept); k++) {
    digit = 0u;
    if (k < n.digits) {
      place += str_byte(text, place) == 0x2Eu ? 1u : 0u;
      digit = number_digit(text, place, true, size);
      place += size;
    }
    if (k < uint(kept)) {
      u128 high = u128_mul_u64(magnitude.hi, 10ul);
      magnitude = u128_add(u128_mul_u64(magnitude.lo, 10ul), u128(uint64_t(digit), high.lo));
    }
  }
  if (digit >= 5u) {
    magnitude = u128_add(magnitude, u128(1ul, 0ul));
  }
  value = i128_from_magnitude(magnitude, sign == 0x2Du);
  return u128_fits_precision(magnitude, p);
}

#endif

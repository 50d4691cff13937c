// SPDX-License-Identifier: Apache-2.0
//
// Bytes and numbers that are written and read in other ways.
//
//   Str codes_conv(Str s, int from, int to)         the number at the start of s, in base from, in base to; as a signed
//                                                   one for to < 0; all ones where it has more than 64 bits
//   Str codes_conv_exact(Str s, int from, int to, inout bool failed)       fails where it has more
//   Str codes_base64(Str s, int line)               digits of base 64, in lines of so many, or in one for 0
//   Str codes_unbase64(Str s, inout bool failed)    what these stand for; other characters do not count
//   Str codes_unhex(Str s, inout bool failed)       a byte for two digits, the first one for the odd one
//   Str codes_url_encode(Str s)                     bytes as a form sends them
//   Str codes_thousands(Str s)                      digits with commas between thousands before the point
//   int64_t codes_factorial(int number, inout bool failed)                 fails but for 0 to 20
#ifndef KRONOS_CODES_GLSL
#define KRONOS_CODES_GLSL

#include "abi.glsl"
#include "make_text.glsl"

// 0 to 35, or more for what is no digit.
uint codes_digit(uint byte) {
  uint number = byte - 0x30u;
  uint letter = (byte & ~0x20u) - 0x41u;
  return number < 10u ? number : letter < 26u ? letter + 10u : 36u;
}

bool codes_minus(Str s) {
  return s.size > 0u && str_byte(s, 0u) == 0x2Du;
}

uint64_t codes_number(Str s, uint base, inout bool failed) {
  uint64_t number = 0ul;
  for (uint i = codes_minus(s) ? 1u : 0u; i < s.size; i++) {
    uint digit = codes_digit(str_byte(s, i));
    if (digit >= base) {
      break;
    }
    if (number > (0xFFFFFFFFFFFFFFFFul - uint64_t(digit)) / uint64_t(base)) {
      failed = true;
      return 0xFFFFFFFFFFFFFFFFul;
    }
    number = number * uint64_t(base) + uint64_t(digit);
  }
  return number;
}

Str codes_written(uint64_t number, bool minus, uint base) {
  uint count = minus ? 2u : 1u;
  for (uint64_t rest = number / uint64_t(base); rest != 0ul; rest /= uint64_t(base)) {
    count++;
  }
  Str made = text_take(uint64_t(count));
  for (uint k = made.size; k > 0u; k--) {
    uint digit = uint(number % uint64_t(base));
    digit += digit < 10u ? 0x30u : 0x37u;
    text_store(made.address, k - 1u, minus && k == 1u ? 0x2Du : digit);
    number /= uint64_t(base);
  }
  return made;
}

Str codes_conv_exact(Str s, int from, int to, inout bool failed) {
  bool minus = codes_minus(s);
  uint64_t number = codes_number(s, uint(from), failed);
  bool large = int64_t(number) < 0l;
  if (to > 0) {
    uint64_t opposite = large ? 0xFFFFFFFFFFFFFFFFul : ~number + 1ul;
    return codes_written(minus ? opposite : number, false, uint(to));
  }
  return codes_written(large ? ~number + 1ul : number, minus || large, uint(-to));
}

Str codes_conv(Str s, int from, int to) {
  bool failed = false;
  return codes_conv_exact(s, from, to, failed);
}

uint codes_sign64(uint sextet) {
  if (sextet < 26u) {
    return sextet + 0x41u;
  }
  if (sextet < 52u) {
    return sextet + 0x47u;
  }
  return sextet < 62u ? sextet - 4u : sextet == 62u ? 0x2Bu : 0x2Fu;
}

Str codes_base64(Str s, int line) {
  uint64_t size = (uint64_t(s.size) + 2ul) / 3ul * 4ul;
  uint wide = line == 0 ? 0x7FFFFFF0u : uint(line);
  uint64_t ends = size == 0ul ? 0ul : (size - 1ul) / uint64_t(wide);
  Str made = text_take(size + 2ul * ends);
  for (uint k = 0u; k < made.size; k++) {
    uint column = k % (wide + 2u);
    uint digit = k / (wide + 2u) * wide + column;
    uint first = (digit >> 2) * 3u;
    uint place = digit & 3u;
    uint sign = column == wide ? 0x0Du : 0x0Au;
    if (column < wide) {
      uint bits = 0u;
      for (uint i = first; i < first + 3u; i++) {
        bits = (bits << 8) | (i < s.size ? str_byte(s, i) : 0u);
      }
      bool filled = first + place > s.size;
      sign = filled ? 0x3Du : codes_sign64((bits >> (18u - 6u * place)) & 63u);
    }
    text_store(made.address, k, sign);
  }
  return made;
}

// 0 to 63, or more for what is no digit.
uint codes_sextet(uint byte) {
  uint letter = (byte & ~0x20u) - 0x41u;
  if (letter < 26u) {
    return letter + ((byte & 0x20u) != 0u ? 26u : 0u);
  }
  if (byte - 0x30u < 10u) {
    return byte + 4u;
  }
  return byte == 0x2Bu ? 62u : byte == 0x2Fu ? 63u : 64u;
}

// Behind the first = no digit may come; it stands for one or two missing digits, and for two a second one follows.
Str codes_unbase64(Str s, inout bool failed) {
  Str made = text_take(s.size == 0u ? 0ul : uint64_t(s.size) * 3ul / 4ul + 1ul);
  if (made.size == 0u) {
    return made;
  }
  uint bits = 0u;
  uint held = 0u;
  uint count = 0u;
  bool ended = false;
  for (uint i = 0u; i < s.size; i++) {
    uint byte = str_byte(s, i);
    uint sextet = codes_sextet(byte);
    if (byte == 0x3Du && !ended) {
      bool second = i + 1u < s.size && str_byte(s, i + 1u) == 0x3Du;
      failed = failed || held == 0u || (held == 2u && !second);
      ended = true;
    }
    if (sextet > 63u) {
      continue;
    }
    failed = failed || ended;
    bits = (bits << 6) | sextet;
    held++;
    // Each digit but a unit's first completes a byte.
    if (held > 1u) {
      uint rest = 8u - 2u * held;
      text_store(made.address, count, (bits >> rest) & 255u);
      count++;
    }
    held &= 3u;
  }
  failed = failed || held == 1u;
  return Str(count == 0u ? 0ul : made.address, count);
}

Str codes_unhex(Str s, inout bool failed) {
  Str made = text_take((uint64_t(s.size) + 1ul) / 2ul);
  uint odd = s.size & 1u;
  uint byte = 0u;
  for (uint i = 0u; i < s.size && made.size != 0u; i++) {
    uint digit = codes_digit(str_byte(s, i));
    failed = failed || digit > 15u;
    byte = (byte << 4) | (digit & 15u);
    uint place = i + odd;
    if ((place & 1u) == 1u) {
      text_store(made.address, place >> 1, byte & 255u);
    }
  }
  return made;
}

bool codes_plain(uint byte) {
  return codes_digit(byte) < 36u || byte == 0x2Du || byte == 0x2Eu || byte == 0x2Au || byte == 0x5Fu;
}

Str codes_url_encode(Str s) {
  uint64_t size = uint64_t(s.size);
  for (uint i = 0u; i < s.size; i++) {
    uint byte = str_byte(s, i);
    size += codes_plain(byte) || byte == 0x20u ? 0ul : 2ul;
  }
  Str made = text_take(size);
  uint at = 0u;
  uint digits = 0u;
  for (uint k = 0u; k < made.size; k++) {
    uint byte = str_byte(s, at);
    uint sign = byte == 0x20u ? 0x2Bu : byte;
    if (!codes_plain(byte) && byte != 0x20u) {
      uint digit = digits == 1u ? byte >> 4 : byte & 15u;
      sign = digits == 0u ? 0x25u : digit + (digit < 10u ? 0x30u : 0x37u);
      digits = (digits + 1u) % 3u;
    }
    text_store(made.address, k, sign);
    at += digits == 0u ? 1u : 0u;
  }
  return made;
}

Str codes_thousands(Str s) {
  uint whole = 0u;
  while (whole < s.size && str_byte(s, whole) != 0x2Eu) {
    whole++;
  }
  uint commas = whole == 0u ? 0u : (whole - 1u) / 3u;
  Str made = text_take(uint64_t(s.size) + uint64_t(commas));
  uint at = 0u;
  bool comma = false;
  for (uint k = 0u; k < made.size; k++) {
    comma = !comma && at > 0u && at < whole && (whole - at) % 3u == 0u;
    text_store(made.address, k, comma ? 0x2Cu : str_byte(s, at));
    at += comma ? 0u : 1u;
  }
  return made;
}

int64_t codes_factorial(int number, inout bool failed) {
  failed = failed || number < 0 || number > 20;
  int64_t product = 1l;
  for (int factor = 2; factor <= min(number, 20); factor++) {
    product *= int64_t(factor);
  }
  return product;
}

#endif

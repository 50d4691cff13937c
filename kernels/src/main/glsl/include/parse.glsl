// SPDX-License-Identifier: Apache-2.0
//
// Values of strings, as Spark's casts read them: white space and control characters at the ends do not count.
//
//   bool parse_bool(Str s, out bool value)    t, true, y, yes, 1, f, false, n, no, 0 in either case; false if it is none
//   bool parse_i64(Str s, bool point, int64_t least, int64_t most, out int64_t value)
//                                             digits after a sign; with `point` a fraction too, which is cut off; false
//                                             if it is none, or not between least and most
#ifndef KRONOS_PARSE_GLSL
#define KRONOS_PARSE_GLSL

#include "abi.glsl"
#include "text.glsl"

bool parse_blank(Str s, uint i) {
  uint byte = str_byte(s, i);
  return byte <= 0x20u || byte == 0x7Fu;
}

Str parse_trimmed(Str s) {
  uint begin = 0u;
  uint end = s.size;
  while (begin < end && parse_blank(s, begin)) {
    begin++;
  }
  while (end > begin && parse_blank(s, end - 1u)) {
    end--;
  }
  return Str(s.address + uint64_t(begin), end - begin);
}

bool parse_bool(Str s, out bool value) {
  Str word = parse_trimmed(s);
  value = false;
  if (word.size == 0u || word.size > 5u) {
    return false;
  }
  uint64_t lower = str_word(word, 0u);
  for (uint i = 0u; i < word.size; i++) {
    lower |= 0x20ul << (i * 8u);
  }
  value = lower == 0x74ul || lower == 0x65757274ul || lower == 0x79ul || lower == 0x736579ul || lower == 0x31ul;
  return value || lower == 0x66ul || lower == 0x65736C6166ul || lower == 0x6Eul || lower == 0x6F6Eul || lower == 0x30ul;
}

bool parse_i64(Str s, bool point, int64_t least, int64_t most, out int64_t value) {
  Str digits = parse_trimmed(s);
  value = 0l;
  if (digits.size == 0u) {
    return false;
  }
  uint first = str_byte(digits, 0u);
  bool negative = first == 0x2Du;
  uint i = negative || first == 0x2Bu ? 1u : 0u;
  if (i == digits.size) {
    return false;
  }
  uint64_t limit = negative ? ~uint64_t(least) + 1ul : uint64_t(most);
  uint64_t magnitude = 0ul;
  bool fraction = false;
  for (; i < digits.size; i++) {
    uint byte = str_byte(digits, i);
    if (point && !fraction && byte == 0x2Eu) {
      fraction = true;
      continue;
    }
    uint digit = byte - 0x30u;
    if (digit > 9u || (!fraction && magnitude > (limit - uint64_t(digit)) / 10ul)) {
      return false;
    }
    magnitude = fraction ? magnitude : magnitude * 10ul + uint64_t(digit);
  }
  value = int64_t(negative ? ~magnitude + 1ul : magnitude);
  return true;
}

#endif

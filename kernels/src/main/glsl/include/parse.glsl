// SPDX-License-Identifier: Apache-2.0
//
// Values of strings, as Spark's casts read them: white space and control characters at the ends do not count.
//
//   bool parse_bool(Str s, out bool value)    t, true, y, yes, 1, f, false, n, no, 0 in either case; false if it is none
//   bool parse_i64(Str s, bool point, int64_t least, int64_t most, out int64_t value)
//                                             digits after a sign; with `point` a fraction too, which is cut off; false
//                                             if it is none, or not between least and most
//   bool parse_date(Str s, out int value)     year, year-month or year-month-day, the last perhaps with a space or T and
//                                             anything behind it; years of 4 to 7 digits after a sign; false if it is none
#ifndef KRONOS_PARSE_GLSL
#define KRONOS_PARSE_GLSL

#include "abi.glsl"
#include "date.glsl"
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

bool parse_date(Str s, out int value) {
  Str text = parse_trimmed(s);
  value = 0;
  uint sign = text.size == 0u ? 0u : str_byte(text, 0u);
  int year = 1;
  int month = 1;
  int number = 0;
  uint digits = 0u;
  uint part = 0u;
  for (uint i = sign == 0x2Bu || sign == 0x2Du ? 1u : 0u; i < text.size; i++) {
    uint byte = str_byte(text, i);
    if (part == 2u && (byte == 0x20u || byte == 0x54u)) {
      break;
    }
    if (part < 2u && byte == 0x2Du) {
      if (part == 0u ? digits < 4u : digits == 0u) {
        return false;
      }
      year = part == 0u ? number : year;
      month = part == 0u ? month : number;
      number = 0;
      digits = 0u;
      part++;
      continue;
    }
    uint digit = byte - 0x30u;
    if (digit > 9u || digits == (part == 0u ? 7u : 2u)) {
      return false;
    }
    number = number * 10 + int(digit);
    digits++;
  }
  if (part == 0u ? digits < 4u : digits == 0u) {
    return false;
  }
  year = part == 0u ? number : year;
  year = sign == 0x2Du ? -year : year;
  month = part == 1u ? number : month;
  int day = part == 2u ? number : 1;
  if (month < 1 || month > 12 || day < 1 || day > date_month_length(year, month)) {
    return false;
  }
  bool overflow = false;
  value = date_days(year, month, day, overflow);
  return !overflow;
}

#endif

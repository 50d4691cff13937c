// SPDX-License-Identifier: Apache-2.0
//
// Strings made of values.
//
//   Str text_bool(bool value)                     true, false
//   Str text_decimal(i128 value, uint scale)      the digits, of which `scale` stand behind a point
//   Str text_date(int days)                       year, month and day; a year of more than four digits has its sign
#ifndef KRONOS_VALUE_TEXT_GLSL
#define KRONOS_VALUE_TEXT_GLSL

#include "abi.glsl"
#include "date.glsl"
#include "int128.glsl"
#include "make_text.glsl"

Str text_bool(bool value) {
  Str made = text_take(value ? 4ul : 5ul);
  if (made.size != 0u) {
    // The room of a string is of whole words.
    BufferU64(made.address).v[0] = value ? 0x65757274ul : 0x65736C6166ul;
  }
  return made;
}

Str text_decimal(i128 value, uint scale) {
  u128 magnitude = i128_magnitude(value);
  bool negative = i128_is_negative(value);
  Str made = Str(0ul, 0u);
  // The first pass counts, the second one writes.
  for (uint pass = 0u; pass < 2u; pass++) {
    u128 rest = magnitude;
    uint end = made.size;
    uint k = 0u;
    for (; k <= scale || !u128_is_zero(rest); k++) {
      uint64_t digit;
      rest = u128_divmod_u64(rest, 10ul, digit);
      if (pass == 1u) {
        if (k == scale && scale > 0u) {
          end--;
          text_store(made.address, end, 0x2Eu);
        }
        end--;
        text_store(made.address, end, 0x30u + uint(digit));
      }
    }
    if (pass == 0u) {
      made = text_take(uint64_t(k + (negative ? 1u : 0u) + (scale > 0u ? 1u : 0u)));
    }
    if (made.size == 0u) {
      return made;
    }
  }
  if (negative) {
    text_store(made.address, 0u, 0x2Du);
  }
  return made;
}

Str text_date(int days) {
  Civil date = date_civil(days);
  uint year = uint(abs(date.year));
  uint digits = 4u;
  for (uint most = 9999u; year > most; most = most * 10u + 9u) {
    digits++;
  }
  bool sign = date.year < 0 || digits > 4u;
  Str made = text_take(uint64_t(digits + 6u + (sign ? 1u : 0u)));
  if (made.size == 0u) {
    return made;
  }
  uint end = made.size;
  for (uint k = 0u; k < 2u; k++) {
    uint part = uint(k == 0u ? date.day : date.month);
    text_store(made.address, end - 1u, 0x30u + part % 10u);
    text_store(made.address, end - 2u, 0x30u + part / 10u);
    text_store(made.address, end - 3u, 0x2Du);
    end -= 3u;
  }
  for (uint k = 0u; k < digits; k++) {
    end--;
    text_store(made.address, end, 0x30u + year % 10u);
    year /= 10u;
  }
  if (sign) {
    text_store(made.address, 0u, date.year < 0 ? 0x2Du : 0x2Bu);
  }
  return made;
}

#endif

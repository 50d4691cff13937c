// SPDX-License-Identifier: Apache-2.0
//
// Strings made of values.
//
//   Str text_bool(bool value)                     true, false
//   Str text_decimal(i128 value, uint scale)      the digits, of which `scale` stand behind a point
//   Str text_scientific(i128 value, uint scale)   as java.math.BigDecimal.toString, with an exponent below 10^-6
//   Str text_f64(double value, Digits d)          as Double.toString, of the digits that it chooses
//   Str text_f32(float value, Digits d)           as Float.toString
//   Str text_time(int64_t t, int offset)          date and time of day; the fraction without zeros at its end
//   Str text_date(int days)                       year, month and day; a year of more than four digits has its sign
#ifndef KRONOS_VALUE_TEXT_GLSL
#define KRONOS_VALUE_TEXT_GLSL

#include "abi.glsl"
#include "date.glsl"
#include "digits.glsl"
#include "float.glsl"
#include "int128.glsl"
#include "make_text.glsl"
#include "time.glsl"

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

Str text_scientific(i128 value, uint scale) {
  u128 rest = i128_magnitude(value);
  uint digits = 0u;
  uint64_t digit;
  for (; digits == 0u || !u128_is_zero(rest); digits++) {
    rest = u128_divmod_u64(rest, 10ul, digit);
  }
  if (scale < digits + 6u) {
    return text_decimal(value, scale);
  }
  uint exponent = scale + 1u - digits;
  uint sign = i128_is_negative(value) ? 1u : 0u;
  uint behind = exponent < 10u ? 3u : 4u;
  Str made = text_take(uint64_t(sign + digits + (digits > 1u ? 1u : 0u) + behind));
  if (made.size == 0u) {
    return made;
  }
  uint end = made.size - behind;
  text_store(made.address, end, 0x45u);
  text_store(made.address, end + 1u, 0x2Du);
  text_store(made.address, made.size - 1u, 0x30u + exponent % 10u);
  if (exponent >= 10u) {
    text_store(made.address, end + 2u, 0x30u + exponent / 10u);
  }
  rest = i128_magnitude(value);
  for (uint k = 1u; k <= digits; k++) {
    if (k == digits && digits > 1u) {
      end--;
      text_store(made.address, end, 0x2Eu);
    }
    end--;
    rest = u128_divmod_u64(rest, 10ul, digit);
    text_store(made.address, end, 0x30u + uint(digit));
  }
  if (sign > 0u) {
    text_store(made.address, 0u, 0x2Du);
  }
  return made;
}

// NaN, Infinity and -Infinity.
Str text_not_finite(bool nan, bool negative) {
  Str made = text_take(nan ? 3ul : (negative ? 9ul : 8ul));
  if (made.size != 0u) {
    uint64_t infinity = 0x7974696E69666E49ul;
    BufferU64(made.address).v[0] = nan ? 0x4E614Eul : (negative ? (infinity << 8) | 0x2Dul : infinity);
    if (negative) {
      text_store(made.address, 8u, 0x79u);
    }
  }
  return made;
}

// Digits around a point, and an exponent where there are not 1 to 7 before the point and no more than 2 zeros behind it.
Str text_floating(bool negative, Digits d) {
  int before = int(d.count) + d.exponent;
  bool plain = before > -3 && before < 8;
  uint point = plain ? uint(max(before, 1)) : 1u;
  uint zeros = plain ? uint(max(1 - before, 0)) : 0u;
  uint digits = max(zeros + d.count, point + 1u);
  uint exponent = uint(abs(before - 1));
  uint behind = plain ? 0u : 2u + (exponent > 9u ? 1u : 0u) + (exponent > 99u ? 1u : 0u) + (before < 1 ? 1u : 0u);
  uint sign = negative ? 1u : 0u;
  Str made = text_take(uint64_t(sign + digits + 1u + behind));
  if (made.size == 0u) {
    return made;
  }
  uint64_t rest = d.value;
  for (uint k = digits; k > 0u; k--) {
    bool own = k > zeros && k <= zeros + d.count;
    uint64_t next = own ? rest / 10ul : rest;
    text_store(made.address, sign + k - (k > point ? 0u : 1u), 0x30u + uint(own ? rest - next * 10ul : 0ul));
    rest = next;
  }
  text_store(made.address, sign + point, 0x2Eu);
  if (!plain) {
    text_store(made.address, sign + digits + 1u, 0x45u);
    for (uint end = made.size; end > sign + digits + 2u; end--) {
      bool minus = before < 1 && end == sign + digits + 3u;
      text_store(made.address, end - 1u, minus ? 0x2Du : 0x30u + exponent % 10u);
      exponent /= 10u;
    }
  }
  if (negative) {
    text_store(made.address, 0u, 0x2Du);
  }
  return made;
}

Str text_f64(double value, Digits d) {
  bool negative = (f64_bits(value) & F64_SIGN) != 0ul;
  if (!f64_is_finite(value)) {
    return text_not_finite(f64_is_nan(value), negative && !f64_is_nan(value));
  }
  return text_floating(negative, d);
}

Str text_f32(float value, Digits d) {
  bool negative = (f32_bits(value) & F32_SIGN) != 0u;
  if ((f32_bits(value) & ~F32_SIGN) >= F32_INFINITY) {
    return text_not_finite(f32_is_nan(value), negative && !f32_is_nan(value));
  }
  return text_floating(negative, d);
}

// A date with room behind it.
Str text_date_before(int days, uint room) {
  Civil date = date_civil(days);
  uint year = uint(abs(date.year));
  uint digits = 4u;
  for (uint most = 9999u; year > most; most = most * 10u + 9u) {
    digits++;
  }
  bool sign = date.year < 0 || digits > 4u;
  Str made = text_take(uint64_t(digits + 6u + (sign ? 1u : 0u) + room));
  if (made.size == 0u) {
    return made;
  }
  uint end = made.size - room;
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

Str text_date(int days) {
  return text_date_before(days, 0u);
}

Str text_time(int64_t t, int offset) {
  uint micros = uint(time_second_fraction(t, offset));
  uint second = micros / 1000000u;
  micros -= second * 1000000u;
  uint digits = micros == 0u ? 0u : 6u;
  for (; digits > 0u && micros % 10u == 0u; digits--) {
    micros /= 10u;
  }
  uint room = digits == 0u ? 9u : 10u + digits;
  Str made = text_date_before(time_date(t, offset), room);
  if (made.size == 0u) {
    return made;
  }
  uint end = made.size;
  for (uint k = 0u; k < digits; k++) {
    end--;
    text_store(made.address, end, 0x30u + micros % 10u);
    micros /= 10u;
  }
  if (digits > 0u) {
    end--;
    text_store(made.address, end, 0x2Eu);
  }
  for (uint k = 0u; k < 3u; k++) {
    uint part = k == 0u ? second : uint(k == 1u ? time_minute(t, offset) : time_hour(t, offset));
    text_store(made.address, end - 1u, 0x30u + part % 10u);
    text_store(made.address, end - 2u, 0x30u + part / 10u);
    text_store(made.address, end - 3u, k == 2u ? 0x20u : 0x3Au);
    end -= 3u;
  }
  return made;
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Times out of strings, as Spark's casts read them: year[-month[-day[ hour[:minute[:second[.fraction][zone]]]]]] with a
// space or T before the hour, or of today hour:minute and the rest, or T with an hour and the rest. `failed` becomes true
// where a string is no time.
//
//   int64_t time_text_instant(Str s, int64_t now, Str zone, Str zones, inout bool failed)
//                                             zone: table of the zone of a string that names none; now tells today
//   int64_t time_text_clock(Str s, Str zones, inout bool failed)
//                                             what the clock shows; a zone is looked for and left out
// zones: int64 words; a part has its offset in the lower, its size in the upper half
//     0  number of names, which are sorted      1 + 2 i  name i      2 + 2 i  table of its zone
#ifndef KRONOS_TIME_TEXT_GLSL
#define KRONOS_TIME_TEXT_GLSL

#include "abi.glsl"
#include "date.glsl"
#include "parse.glsl"
#include "text.glsl"
#include "time.glsl"

const uint TIME_TEXT_HOUR = 3u;
const uint TIME_TEXT_SECOND = 5u;
const uint TIME_TEXT_FRACTION = 6u;
const uint TIME_TEXT_FRACTION_DIGITS = 6u;
const uint TIME_TEXT_LONGEST_OFFSET = 9u;
const int TIME_TEXT_NO_OFFSET = -2147483647 - 1;

// year, month, day, hour, minute, second, microseconds
struct TimeText {
  int fields[7];
  bool today;
  Str zone;   // empty where there is none
};

// ---- zones

Str time_text_part(Str zones, uint word) {
  uint64_t part = str_word(zones, word);
  return Str(zones.address + (part & 0xFFFFFFFFul), uint(part >> 32));
}

bool time_text_region(Str name, Str zones, out Str table) {
  uint low = 0u;
  uint high = uint(str_word(zones, 0u));
  int order = 1;
  while (low < high && order != 0) {
    uint middle = (low + high) >> 1;
    order = str_compare(name, time_text_part(zones, 1u + 2u * middle));
    table = time_text_part(zones, 2u + 2u * middle);
    low = order > 0 ? middle + 1u : low;
    high = order < 0 ? middle : high;
  }
  return order == 0;
}

// What is behind a sign: h, hh, hhmm or hhmmss, or h:m, h:mm:ss where any but the last may have two digits.
bool time_text_offset(Str s, uint sign, out int seconds) {
  seconds = 0;
  if (s.size - sign > TIME_TEXT_LONGEST_OFFSET) {
    return false;
  }
  int parts[3] = int[](0, 0, 0);
  uint digits[3] = uint[](0u, 0u, 0u);
  uint part = 0u;
  for (uint i = sign + 1u; i < s.size; i++) {
    uint byte = str_byte(s, i);
    if (byte == 0x3Au && part < 2u) {
      part++;
      continue;
    }
    if (byte - 0x30u > 9u) {
      return false;
    }
    parts[part] = parts[part] * 10 + int(byte - 0x30u);
    digits[part]++;
  }
  if (part == 0u && (digits[0] == 4u || digits[0] == 6u)) {
    int all = digits[0] == 4u ? parts[0] * 100 : parts[0];
    parts = int[](all / 10000, all / 100 % 100, all % 100);
    digits[0] = 2u;
  }
  bool valid = digits[0] == 1u || digits[0] == 2u;
  valid = valid && (part != 1u || digits[1] == 1u || digits[1] == 2u);
  valid = valid && (part != 2u || (digits[1] == 2u && digits[2] == 2u));
  seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
  valid = valid && parts[1] <= 59 && parts[2] <= 59 && seconds <= 64800;
  seconds = str_byte(s, sign) == 0x2Du ? -seconds : seconds;
  return valid;
}

bool time_text_sign(Str s, uint i) {
  return i < s.size && (str_byte(s, i) == 0x2Bu || str_byte(s, i) == 0x2Du);
}

// The zone of a name: a table, or if that is empty an offset.
bool time_text_zone(Str name, Str zones, out int offset, out Str table) {
  while (name.size > 0u && str_byte(name, 0u) <= 0x20u) {
    name = Str(name.address + 1ul, name.size - 1u);
  }
  offset = 0;
  table = Str(name.address, 0u);
  if (name.size == 0u) {
    return false;
  }
  uint head = uint(str_word(name, 0u));
  uint letters = (head & 0xFFFFu) == 0x5455u ? 2u : 0u;
  letters = (head & 0xFFFFFFu) == 0x435455u || (head & 0xFFFFFFu) == 0x544D47u ? 3u : letters;
  return time_text_sign(name, letters) ? time_text_offset(name, letters, offset)
                                       : time_text_region(name, zones, table);
}

// ---- fields

bool time_text_digits(uint part, uint digits) {
  bool some = part == 0u ? digits >= 4u && digits <= 6u : digits == 1u || digits == 2u;
  return some || part == TIME_TEXT_FRACTION;
}

// Tells whether a byte ends a field for the next one to follow.
bool time_text_ends(uint part, uint byte) {
  if (part < 2u) {
    return byte == 0x2Du;
  }
  if (part == 2u) {
    return byte == 0x20u || byte == 0x54u;
  }
  return part < TIME_TEXT_SECOND ? byte == 0x3Au : part == TIME_TEXT_SECOND && byte == 0x2Eu;
}

bool time_text_in_range(TimeText t) {
  bool clock = t.fields[3] <= 23 && t.fields[4] <= 59 && t.fields[5] <= 59;
  bool month = t.fields[1] >= 1 && t.fields[1] <= 12 && t.fields[2] >= 1;
  return clock && month && t.fields[2] <= date_month_length(t.fields[0], t.fields[1]);
}

bool time_text_scan(Str s, out TimeText t) {
  Str text = parse_trimmed(s);
  t = TimeText(int[](1, 1, 1, 0, 0, 0, 0), false, Str(text.address, 0u));
  if (text.size == 0u) {
    return false;
  }
  bool hasSign = time_text_sign(text, 0u);
  // Nothing may stand before a T, not even a space.
  t.today = str_byte(text, 0u) == 0x54u && text.address == s.address;
  uint part = t.today ? TIME_TEXT_HOUR : 0u;
  int number = 0;
  uint digits = 0u;
  for (uint i = hasSign || t.today ? 1u : 0u; i < text.size; i++) {
    uint byte = str_byte(text, i);
    if (byte - 0x30u <= 9u) {
      // No field but the fraction is right with more digits.
      number = digits < TIME_TEXT_FRACTION_DIGITS ? number * 10 + int(byte - 0x30u) : number;
      digits++;
      continue;
    }
    if (part == 0u && byte == 0x3Au && !hasSign) {
      t.today = true;
      part = TIME_TEXT_HOUR;
    }
    bool next = time_text_ends(part, byte);
    if (!time_text_digits(part, digits) || (!next && part < TIME_TEXT_SECOND)) {
      return false;
    }
    if (!next) {
      t.zone = Str(text.address + uint64_t(i), text.size - i);
      break;
    }
    t.fields[part] = number;
    part++;
    number = 0;
    digits = 0u;
  }
  if (!time_text_digits(part, digits)) {
    return false;
  }
  if (part == TIME_TEXT_FRACTION) {
    for (uint k = digits; k < TIME_TEXT_FRACTION_DIGITS; k++) {
      number *= 10;
    }
  }
  t.fields[part] = number;
  t.fields[0] = str_byte(text, 0u) == 0x2Du ? -t.fields[0] : t.fields[0];
  return time_text_in_range(t);
}

int64_t time_text_seconds(TimeText t, int days) {
  return i64_from_i32(days) * TIME_DAY_SECONDS + i64_from_i32(t.fields[3] * 3600 + t.fields[4] * 60 + t.fields[5]);
}

int time_text_days(TimeText t) {
  bool overflow = false;
  return date_days(t.fields[0], t.fields[1], t.fields[2], overflow);
}

int64_t time_text_instant(Str s, int64_t now, Str zone, Str zones, inout bool failed) {
  TimeText t;
  int offset = 0;
  Str table = zone;
  bool valid = time_text_scan(s, t);
  if (!valid || (t.zone.size > 0u && !time_text_zone(t.zone, zones, offset, table))) {
    failed = true;
    return 0l;
  }
  bool fixedOffset = table.size == 0u;
  int days = t.today ? time_date(now, fixedOffset ? offset : time_offset_at(now, table)) : time_text_days(t);
  int64_t seconds = time_text_seconds(t, days);
  offset = fixedOffset ? offset : time_offset_of_clock(seconds, TIME_TEXT_NO_OFFSET, table);
  return time_of_parts(seconds - i64_from_i32(offset), TIME_SECOND, i64_from_i32(t.fields[6]), failed);
}

int64_t time_text_clock(Str s, Str zones, inout bool failed) {
  TimeText t;
  int offset;
  Str table;
  bool valid = time_text_scan(s, t) && !t.today;
  if (!valid || (t.zone.size > 0u && !time_text_zone(t.zone, zones, offset, table))) {
    failed = true;
    return 0l;
  }
  int64_t seconds = time_text_seconds(t, time_text_days(t));
  return time_of_parts(seconds, TIME_SECOND, i64_from_i32(t.fields[6]), failed);
}

#endif

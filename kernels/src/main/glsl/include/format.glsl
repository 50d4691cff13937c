// SPDX-License-Identifier: Apache-2.0
//
// Wall clocks and strings, by programs of TimePattern: 3 bytes a step, which are a letter, the number of letters, and the
// digits behind a year that belong to other fields; or L, 0 and a character; or N, a field, and the number of steps with
// its names, of 10 bytes each: the size and the characters.
//
//   Str format_write(int64_t clock, Str program)
//   int64_t format_read(Str s, Str program, inout bool failed)         strictly, all of s
//   int64_t format_make_clock(int year, int month, int day, int hour, int minute, int64_t micros, inout bool failed)
//                                                                      micros: seconds and their fraction
//   int64_t format_months(int64_t from, int64_t to)                    whole months, towards zero
#ifndef KRONOS_FORMAT_GLSL
#define KRONOS_FORMAT_GLSL

#include "abi.glsl"
#include "make_text.glsl"
#include "time.glsl"

const uint FORMAT_YEAR = 0x79u;
const uint FORMAT_MONTH = 0x4Du;
const uint FORMAT_DAY = 0x64u;
const uint FORMAT_HOUR = 0x48u;
const uint FORMAT_MINUTE = 0x6Du;
const uint FORMAT_SECOND = 0x73u;
const uint FORMAT_FRACTION = 0x53u;
const uint FORMAT_LITERAL = 0x4Cu;
const uint FORMAT_HALF_HOUR = 0x68u;
const uint FORMAT_NAME = 0x4Eu;
const uint FORMAT_WEEKDAY = 0x45u;
const uint FORMAT_POWERS[10] = uint[](
  1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u, 100000000u, 1000000000u);
// Larger than what any field may be.
const uint FORMAT_MUCH = 100000000u;

struct Clock {
  int days;
  Civil date;
  int seconds;
  uint micros;
};

Clock format_clock(int64_t clock) {
  int64_t days = i64_floor_div(clock, TIME_DAY);
  int64_t rest = clock - days * TIME_DAY;
  int64_t seconds = rest / TIME_SECOND;
  return Clock(int(days), date_civil(int(days)), int(seconds), uint(rest - seconds * TIME_SECOND));
}

uint format_value(Clock clock, uint code, uint count) {
  switch (code) {
    case FORMAT_YEAR:
      uint size = uint(abs(clock.date.year));
      return count == 2u ? size % 100u : size;
    case FORMAT_MONTH:
      return uint(clock.date.month);
    case FORMAT_DAY:
      return uint(clock.date.day);
    case FORMAT_HOUR:
      return uint(clock.seconds / 3600);
    case FORMAT_HALF_HOUR:
      return uint((clock.seconds / 3600 + 11) % 12 + 1);
    case FORMAT_MINUTE:
      return uint(clock.seconds / 60 % 60);
    case FORMAT_SECOND:
      return uint(clock.seconds % 60);
    default:
      return count > 6u ? clock.micros * FORMAT_POWERS[count - 6u] : clock.micros / FORMAT_POWERS[6u - count];
  }
}

Str format_name(Clock clock, uint field, Str names) {
  uint place = uint(clock.seconds / 43200);
  if (field == FORMAT_MONTH) {
    place = uint(clock.date.month - 1);
  } else if (field == FORMAT_WEEKDAY) {
    place = uint(date_weekday(clock.days));
  }
  return Str(names.address + uint64_t(place * 10u + 1u), str_byte(names, place * 10u));
}

Str format_write(int64_t micros, Str program) {
  Clock clock = format_clock(micros);
  Str made = Str(0ul, 0u);
  // The first pass measures, the second one writes.
  for (uint pass = 0u; pass < 2u; pass++) {
    uint at = 0u;
    for (uint i = 0u; i < program.size; i += 3u) {
      uint code = str_byte(program, i);
      uint count = str_byte(program, i + 1u);
      uint sign = 0u;
      uint value = 0u;
      if (code == FORMAT_LITERAL) {
        sign = str_byte(program, i + 2u);
      } else if (code == FORMAT_NAME) {
        Str name = format_name(clock, count, Str(program.address + uint64_t(i + 3u), program.size - i - 3u));
        for (uint k = 0u; pass == 1u && k < name.size; k++) {
          text_store(made.address, at + k, str_byte(name, k));
        }
        at += name.size;
        i += 3u * str_byte(program, i + 2u);
        continue;
      } else {
        value = format_value(clock, code, count);
        while (count < 9u && value >= FORMAT_POWERS[count]) {
          count++;
        }
      }
      if (code == FORMAT_YEAR && count != 2u && (clock.date.year < 0 || count > 4u)) {
        sign = clock.date.year < 0 ? 0x2Du : 0x2Bu;
      }
      if (sign != 0u) {
        if (pass == 1u) {
          text_store(made.address, at, sign);
        }
        at++;
      }
      at += count;
      for (uint k = 1u; pass == 1u && k <= count; k++) {
        text_store(made.address, at - k, 0x30u + value % 10u);
        value /= 10u;
      }
    }
    if (pass == 0u) {
      made = text_take(uint64_t(at));
    }
    if (made.size == 0u) {
      break;
    }
  }
  return made;
}

uint format_lower(uint c) {
  return c >= 0x41u && c <= 0x5Au ? c + 0x20u : c;
}

uint format_digits(Str s, uint at, uint most) {
  uint count = 0u;
  while (count < most && at + count < s.size && str_byte(s, at + count) - 0x30u < 10u) {
    count++;
  }
  return count;
}

uint format_number(Str s, uint at, uint digits) {
  uint value = 0u;
  for (uint k = 0u; k < digits; k++) {
    value = min(value * 10u + (str_byte(s, at + k) - 0x30u), FORMAT_MUCH);
  }
  return value;
}

// A year of more than four digits has a sign, one of four may be negative. `behind` digits at its end are not its own.
int format_year(Str s, inout uint at, uint behind, inout bool wrong) {
  uint sign = at < s.size ? str_byte(s, at) : 0u;
  bool negative = sign == 0x2Du;
  bool positive = sign == 0x2Bu;
  at += negative || positive ? 1u : 0u;
  uint count = format_digits(s, at, 19u + behind);
  wrong = wrong || count < 4u;
  if (behind > 0u) {
    count = count > behind + 4u ? count - behind : min(count, 4u);
  }
  wrong = wrong || (!negative && positive != (count > 4u));
  uint size = format_number(s, at, count);
  wrong = wrong || (negative && size == 0u);
  at += count;
  return negative ? -int(size) : int(size);
}

bool format_is_time(int hour, int minute, int second) {
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

int64_t format_of_parts(Civil date, int seconds, uint micros, inout bool failed) {
  bool overflow = !time_is_date(date.year, date.month, date.day);
  int days = date_days(clamp(date.year, -6000000, 6000000), date.month, date.day, overflow);
  int64_t rest = i64_from_i32(seconds) * TIME_SECOND + i64_from_i32(int(micros));
  int64_t clock = time_of_parts(i64_from_i32(days), TIME_DAY, rest, overflow);
  failed = failed || overflow;
  return clock;
}

int64_t format_read(Str s, Str program, inout bool failed) {
  Civil date = Civil(1970, 1, 1);
  int hour = 0;
  int minute = 0;
  int second = 0;
  uint micros = 0u;
  uint at = 0u;
  bool wrong = false;
  for (uint i = 0u; i < program.size && !wrong; i += 3u) {
    uint code = str_byte(program, i);
    uint count = str_byte(program, i + 1u);
    uint more = str_byte(program, i + 2u);
    if (code == FORMAT_LITERAL) {
      wrong = at >= s.size || format_lower(str_byte(s, at)) != format_lower(more);
      at++;
      continue;
    }
    if (code == FORMAT_YEAR && count == 4u) {
      date.year = format_year(s, at, more, wrong);
      continue;
    }
    uint found = format_digits(s, at, code == FORMAT_FRACTION || count == 2u ? count : 19u);
    wrong = found == 0u || (code != FORMAT_FRACTION && found < count);
    uint kept = code == FORMAT_FRACTION ? min(found, 6u) : found;
    int value = int(format_number(s, at, kept));
    at += found;
    if (code == FORMAT_YEAR) {
      date.year = 2000 + value;
    } else if (code == FORMAT_MONTH) {
      date.month = value;
    } else if (code == FORMAT_DAY) {
      date.day = value;
    } else if (code == FORMAT_HOUR) {
      hour = value;
    } else if (code == FORMAT_MINUTE) {
      minute = value;
    } else if (code == FORMAT_SECOND) {
      second = value;
    } else {
      micros = uint(value) * FORMAT_POWERS[6u - kept];
    }
  }
  wrong = wrong || at != s.size || !format_is_time(hour, minute, second);
  failed = failed || wrong;
  if (wrong) {
    return 0l;
  }
  return format_of_parts(date, (hour * 60 + minute) * 60 + second, micros, failed);
}

int64_t format_make_clock(int year, int month, int day, int hour, int minute, int64_t micros, inout bool failed) {
  bool few = micros >= 0l && micros <= 60l * TIME_SECOND;
  int64_t rest = few ? micros : 0l;
  failed = failed || !few || !format_is_time(hour, minute, 0);
  int seconds = int(rest / TIME_SECOND);
  uint fraction = uint(rest - i64_from_i32(seconds) * TIME_SECOND);
  int whole = clamp(hour, 0, 23) * 3600 + clamp(minute, 0, 59) * 60 + seconds;
  return format_of_parts(Civil(year, month, day), whole, fraction, failed);
}

// As the day and the time of day are ahead of each other or not.
int64_t format_months(int64_t from, int64_t to) {
  Clock a = format_clock(from);
  Clock b = format_clock(to);
  int months = (b.date.year - a.date.year) * 12 + b.date.month - a.date.month;
  int64_t first = (i64_from_i32(a.date.day) * 86400l + i64_from_i32(a.seconds)) * TIME_SECOND + int64_t(a.micros);
  int64_t second = (i64_from_i32(b.date.day) * 86400l + i64_from_i32(b.seconds)) * TIME_SECOND + int64_t(b.micros);
  if (months > 0 && second < first) {
    months--;
  } else if (months < 0 && second > first) {
    months++;
  }
  return i64_from_i32(months);
}

#endif

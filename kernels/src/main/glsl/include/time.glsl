// SPDX-License-Identifier: Apache-2.0
//
// Times as microseconds since 1970-01-01 00:00:00: instants, of UTC, and wall clocks. An offset is what the clock shows
// less UTC, in seconds. `failed` becomes true where a result does not exist or fit.
//
//   int time_hour(int64_t t, int offset)   time_minute   time_second
//   int time_second_fraction(int64_t t, int offset)            microseconds of the minute
//   int time_date(int64_t t, int offset)                       days
//   int64_t time_wall_clock(int64_t t, int offset, inout bool failed)      time_instant, the other way
//   int64_t time_truncate(int64_t t, int offset, int64_t unit, inout bool failed)      a day is a multiple of unit
//   int64_t time_add_micros(int64_t t, int64_t n, inout bool failed)
//   int64_t time_add_months(int64_t clock, int n, inout bool failed)
//   int64_t time_units(int64_t t, int64_t unit)                rounded down
//   int64_t time_of_units(int64_t n, int64_t unit, inout bool failed)
//   int64_t time_midnight(int days, int offset, inout bool failed)
//   int time_next_day(int days, int weekday)                   0 = Thursday; wraps
//   int time_make_date(int year, int month, int day, inout bool failed)    year within 6 million of 0
//   int time_year_in_reach(int year, int month, int day, inout bool failed)
//   int64_t time_span(int days, int hours, int minutes, int64_t micros, inout bool failed)
//   int64_t time_span_times(int64_t span, double by, inout bool failed)    rounded half away from zero
//   int64_t time_span_over(int64_t span, int64_t by, inout bool failed)    too; and by a double; fails by zero
//   int time_days(int days)   int time_of_days(int days)
//   double time_months_between(int day1, int64_t time1, int64_t start1, int day2, int64_t time2, int64_t start2, bool round)
// Zones: tables of int64 words, of times in seconds
//     0  start of 400 years that repeat for ever      1  offset before the first transition
//     2 + 3 i  instant of transition i     3 + 3 i  wall clock from which its offset holds     4 + 3 i  its offset
//   int time_offset_at(int64_t t, Str zone)
//   int time_offset_of_clock(int64_t seconds, int preferred, Str zone)      of two offsets the preferred, else the earlier
//   int64_t time_instant_in_zone(int64_t clock, int preferred, Str zone, inout bool failed)
//   int64_t time_start_of_day(int days, Str zone, inout bool failed)
// Parts of longer functions
//   int64_t time_whole(double x, inout bool failed)            rounded half away from zero
//   int64_t time_of_parts(int64_t units, int64_t unit, int64_t rest, inout bool failed)      units * unit + rest
#ifndef KRONOS_TIME_GLSL
#define KRONOS_TIME_GLSL

#include "abi.glsl"
#include "int128.glsl"
#include "expression.glsl"
#include "float.glsl"
#include "string.glsl"
#include "date.glsl"

const int64_t TIME_SECOND = 1000000l;
const int64_t TIME_MINUTE = 60000000l;
const int64_t TIME_HOUR = 3600000000l;
const int64_t TIME_DAY = 86400000000l;
const int64_t TIME_DAY_SECONDS = 86400l;
const int64_t TIME_CYCLE_SECONDS = 12622780800l;
const uint TIME_INSTANT = 0u;
const uint TIME_CLOCK = 1u;
const uint TIME_OFFSET = 2u;

// Microseconds since midnight on the clock, and the days by which that midnight is off the one of UTC.
int64_t time_of_day(int64_t t, int offset, out int days) {
  int64_t rest = t - i64_floor_div(t, TIME_DAY) * TIME_DAY + i64_from_i32(offset) * TIME_SECOND;
  int64_t shift = i64_floor_div(rest, TIME_DAY);
  days = int(shift);
  return rest - shift * TIME_DAY;
}

int64_t time_of_day(int64_t t, int offset) {
  int days;
  return time_of_day(t, offset, days);
}

int time_hour(int64_t t, int offset) {
  return int(time_of_day(t, offset) / TIME_HOUR);
}

int time_minute(int64_t t, int offset) {
  return int(time_of_day(t, offset) / TIME_MINUTE) % 60;
}

int time_second_fraction(int64_t t, int offset) {
  int64_t rest = time_of_day(t, offset);
  return int(rest - rest / TIME_MINUTE * TIME_MINUTE);
}

int time_second(int64_t t, int offset) {
  return time_second_fraction(t, offset) / 1000000;
}

int time_date(int64_t t, int offset) {
  int days;
  time_of_day(t, offset, days);
  return int(i64_floor_div(t, TIME_DAY)) + days;
}

int64_t time_wall_clock(int64_t t, int offset, inout bool failed) {
  return i64_add_checked(t, i64_from_i32(offset) * TIME_SECOND, failed);
}

int64_t time_instant(int64_t clock, int offset, inout bool failed) {
  return i64_sub_checked(clock, i64_from_i32(offset) * TIME_SECOND, failed);
}

int64_t time_truncate(int64_t t, int offset, int64_t unit, inout bool failed) {
  return i64_sub_checked(t, i64_remainder(time_of_day(t, offset), unit), failed);
}

int64_t time_add_micros(int64_t t, int64_t n, inout bool failed) {
  return i64_add_checked(t, n, failed);
}

// The units alone may be out of reach.
int64_t time_of_parts(int64_t units, int64_t unit, int64_t rest, inout bool failed) {
  i128 whole = i128_mul_i64(units, unit);
  i128 sum = i128_add(whole, i128_from_i64(rest));
  failed = failed || !i128_fits_i64(sum);
  return i128_to_i64(sum);
}

int64_t time_span(int days, int hours, int minutes, int64_t micros, inout bool failed) {
  int64_t day = i64_mul_checked(i64_from_i32(days), 86400l * TIME_SECOND, failed);
  int64_t span = i64_add_checked(micros, day, failed);
  span = i64_add_checked(span, i64_from_i32(hours) * (3600l * TIME_SECOND), failed);
  return i64_add_checked(span, i64_from_i32(minutes) * (60l * TIME_SECOND), failed);
}

int64_t time_whole(double x, inout bool failed) {
  double size = f64_abs(x);
  double down = floor(size);
  double whole = size - down >= 0.5lf ? down + 1.0lf : down;
  bool negative = (f64_bits(x) & F64_SIGN) != 0ul;
  // 2^63, and the negative one is in range; infinities and NaN lie above.
  uint64_t end = 0x43E0000000000000ul;
  failed = failed || f64_bits(whole) > end || (f64_bits(whole) == end && !negative);
  return f64_to_i64(negative ? f64_neg(whole) : whole);
}

int64_t time_span_times(int64_t span, double by, inout bool failed) {
  return time_whole(f64_mul(i64_to_f64(span), by), failed);
}

int64_t time_span_over(int64_t span, double by, inout bool failed) {
  failed = failed || (f64_bits(by) & ~F64_SIGN) == 0ul;
  return time_whole(f64_div(i64_to_f64(span), by), failed);
}

int64_t time_span_over(int64_t span, int64_t by, inout bool failed) {
  bool none = by == 0l;
  failed = failed || none || (by == -1l && uint64_t(span) == 0x8000000000000000ul);
  return i64_div_half_up(span, none ? 1l : by);
}

int64_t time_add_months(int64_t clock, int n, inout bool failed) {
  int64_t days = i64_floor_div(clock, TIME_DAY);
  int moved = date_add_months(int(days), n, failed);
  return time_of_parts(i64_from_i32(moved), TIME_DAY, clock - days * TIME_DAY, failed);
}

int64_t time_units(int64_t t, int64_t unit) {
  return i64_floor_div(t, unit);
}

int64_t time_of_units(int64_t n, int64_t unit, inout bool failed) {
  return i64_mul_checked(n, unit, failed);
}

int64_t time_midnight(int days, int offset, inout bool failed) {
  return time_of_parts(i64_from_i32(days), TIME_DAY, -(i64_from_i32(offset) * TIME_SECOND), failed);
}

int time_next_day(int days, int weekday) {
  int ahead = date_floor_mod(int(uint(weekday) - 1u - uint(days)), 7);
  return int(uint(days) + 1u + uint(ahead));
}

bool time_is_date(int year, int month, int day) {
  bool fields = year >= -999999999 && year <= 999999999 && month >= 1 && month <= 12 && day >= 1;
  return fields && day <= date_month_length(year, month);
}

int time_make_date(int year, int month, int day, inout bool failed) {
  failed = failed || !time_is_date(year, month, day);
  bool overflow = false;
  return date_days(clamp(year, -6000000, 6000000), month, day, overflow);
}

int time_year_in_reach(int year, int month, int day, inout bool failed) {
  bool overflow = false;
  date_days(clamp(year, -6000000, 6000000), clamp(month, 1, 12), day, overflow);
  failed = failed || (overflow && time_is_date(year, month, day));
  return year;
}

int time_days(int days) {
  return days;
}

int time_of_days(int days) {
  return days;
}

double time_months_between(
    int day1, int64_t time1, int64_t start1, int day2, int64_t time2, int64_t start2, bool round) {
  Civil a = date_civil(day1);
  Civil b = date_civil(day2);
  double months = i32_to_f64((a.year * 12 + a.month) - (b.year * 12 + b.month));
  bool ends = a.day == date_month_length(a.year, a.month) && b.day == date_month_length(b.year, b.month);
  if (a.day == b.day || ends) {
    return months;
  }
  int64_t seconds = i64_from_i32(a.day - b.day) * TIME_DAY_SECONDS;
  seconds += (time1 - start1) / TIME_SECOND - (time2 - start2) / TIME_SECOND;
  double exact = f64_add(months, f64_div(i64_to_f64(seconds), 2678400.0lf));
  if (!round) {
    return exact;
  }
  // Java rounds halves up.
  double scaled = f64_mul(exact, 1.0e8lf);
  double whole = f64_floor(scaled);
  whole = f64_le(0.5lf, f64_sub(scaled, whole)) ? f64_add(whole, 1.0lf) : whole;
  // A long has one zero.
  return f64_div(f64_normalize(whole), 1.0e8lf);
}

// ---- zones

int64_t time_zone_word(Str zone, uint i) {
  return int64_t(str_word(zone, i));
}

uint time_zone_entries(Str zone) {
  return (zone.size / 8u - 2u) / 3u;
}

int64_t time_zone_entry(Str zone, uint entry, uint field) {
  return time_zone_word(zone, 2u + 3u * entry + field);
}

int64_t time_zone_reduced(Str zone, int64_t seconds) {
  int64_t start = time_zone_word(zone, 0u);
  return seconds < start ? seconds : start + i64_remainder(seconds - start, TIME_CYCLE_SECONDS);
}

// How many entries have a field that is at most `seconds`.
uint time_zone_passed(Str zone, int64_t seconds, uint field) {
  uint low = 0u;
  uint high = time_zone_entries(zone);
  while (low < high) {
    uint middle = (low + high) >> 1;
    if (time_zone_entry(zone, middle, field) <= seconds) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low;
}

int time_zone_offset(Str zone, uint passed) {
  return int(time_zone_word(zone, passed == 0u ? 1u : 1u + 3u * passed));
}

int time_offset_at(int64_t t, Str zone) {
  int64_t seconds = time_zone_reduced(zone, i64_floor_div(t, TIME_SECOND));
  return time_zone_offset(zone, time_zone_passed(zone, seconds, TIME_INSTANT));
}

int time_offset_of_clock(int64_t clock, int preferred, Str zone) {
  int64_t seconds = time_zone_reduced(zone, clock);
  uint passed = time_zone_passed(zone, seconds, TIME_CLOCK);
  int offset = time_zone_offset(zone, passed);
  if (passed < time_zone_entries(zone)) {
    int after = time_zone_offset(zone, passed + 1u);
    bool overlap =
        after < offset && seconds >= time_zone_entry(zone, passed, TIME_INSTANT) + i64_from_i32(after);
    offset = overlap && preferred == after ? after : offset;
  }
  return offset;
}

int64_t time_instant_in_zone(int64_t clock, int preferred, Str zone, inout bool failed) {
  return time_instant(clock, time_offset_of_clock(i64_floor_div(clock, TIME_SECOND), preferred, zone), failed);
}

int64_t time_start_of_day(int days, Str zone, inout bool failed) {
  int64_t midnight = i64_from_i32(days) * TIME_DAY_SECONDS;
  int64_t clock = time_zone_reduced(zone, midnight);
  uint passed = time_zone_passed(zone, clock, TIME_CLOCK);
  int64_t instant = clock - i64_from_i32(time_zone_offset(zone, passed));
  if (passed < time_zone_entries(zone)) {
    // Where clocks are put forward over midnight, the day begins then.
    instant = min(instant, time_zone_entry(zone, passed, TIME_INSTANT));
  }
  return i64_mul_checked(instant + (midnight - clock), TIME_SECOND, failed);
}

#endif

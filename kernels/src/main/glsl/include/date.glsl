// SPDX-License-Identifier: Apache-2.0
//
// Dates of the proleptic Gregorian calendar, as int days since 1970-01-01; every int is one. Years are counted from
// March inside, in eras of 400 years, so that the leap day comes last: H. Hinnant, "chrono-Compatible Low-Level Date
// Algorithms".
//
//   int date_year(int days)   date_quarter   date_month   date_day_of_month   date_day_of_year
//   int date_day_of_week(int days)   1 = Sunday       date_weekday   0 = Monday
//   int date_week_of_year(int days)   date_year_of_week      of ISO 8601: Thursday tells
//   int date_add_months(int days, int months, inout bool overflow)      the day, or the last one of a shorter month
//   int date_to_year(int days, inout bool overflow)   date_to_quarter   date_to_month       the first day of it
//   int date_to_week(int days)                                          Monday; wraps
//   int date_to_last_day(int days, inout bool overflow)                 the last day of the month
// `overflow` becomes true where a result is no int.
#ifndef KRONOS_DATE_GLSL
#define KRONOS_DATE_GLSL

#include "abi.glsl"
#include "int128.glsl"

struct Civil {
  int year;
  int month;
  int day;
};

const int DAYS_PER_ERA = 146097;
// 0000-03-01 is this many days, beyond four eras, before 1970-01-01.
const int EPOCH_IN_ERA = 135080;
const int EPOCH_ERAS = 4;

int date_floor_div(int a, int b) {
  int q = a / b;
  return q * b > a ? q - 1 : q;
}

// By division, for the remainder of a negative number is nothing to rely on.
int date_floor_mod(int a, int b) {
  return a - date_floor_div(a, b) * b;
}

Civil date_civil(int days) {
  int era = date_floor_div(days, DAYS_PER_ERA);
  int day = days - era * DAYS_PER_ERA + EPOCH_IN_ERA;
  era += EPOCH_ERAS;
  if (day >= DAYS_PER_ERA) {
    day -= DAYS_PER_ERA;
    era++;
  }
  int year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  int dayOfYear = day - (365 * year + year / 4 - year / 100);
  int march = (5 * dayOfYear + 2) / 153;
  int month = march < 10 ? march + 3 : march - 9;
  return Civil(
      year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1);
}

// Days of a date whose year is within 0.4 thousand million of 0.
int date_days(int year, int month, int day, inout bool overflow) {
  int shifted = month <= 2 ? year - 1 : year;
  int era = date_floor_div(shifted, 400);
  int yearOfEra = shifted - era * 400;
  int march = month > 2 ? month - 3 : month + 9;
  int dayOfYear = (153 * march + 2) / 5 + day - 1;
  int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  int64_t result =
      i64_from_i32(era - EPOCH_ERAS) * i64_from_i32(DAYS_PER_ERA) + i64_from_i32(dayOfEra - EPOCH_IN_ERA);
  overflow = overflow || i64_from_i32(int(result)) != result;
  return int(result);
}

bool date_leap(int year) {
  return (year & 3) == 0 && (date_floor_mod(year, 100) != 0 || date_floor_mod(year, 400) == 0);
}

int date_month_length(int year, int month) {
  if (month == 2) {
    return date_leap(year) ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

int date_year(int days) {
  return date_civil(days).year;
}

int date_month(int days) {
  return date_civil(days).month;
}

int date_quarter(int days) {
  return (date_civil(days).month + 2) / 3;
}

int date_day_of_month(int days) {
  return date_civil(days).day;
}

int date_day_of_year(int days) {
  Civil date = date_civil(days);
  int leap = date.month > 2 && date_leap(date.year) ? 1 : 0;
  // Days before the month: of a year that starts in March, less its January and February.
  int before = date.month > 2 ? (153 * (date.month - 3) + 2) / 5 + 59 : (date.month - 1) * 31;
  return before + leap + date.day;
}

// 1970-01-01 was a Thursday. Remainders first, for days near an end.
int date_weekday(int days) {
  return (date_floor_mod(days, 7) + 3) % 7;
}

int date_day_of_week(int days) {
  return (date_floor_mod(days, 7) + 4) % 7 + 1;
}

// Thursday of the week. An era nearer to 1970, which is whole weeks, for days near an end.
int date_thursday(int days, out int years) {
  years = days > 0 ? 400 : -400;
  return days - (days > 0 ? DAYS_PER_ERA : -DAYS_PER_ERA) - date_weekday(days) + 3;
}

int date_week_of_year(int days) {
  int years;
  return (date_day_of_year(date_thursday(days, years)) - 1) / 7 + 1;
}

int date_year_of_week(int days) {
  int years;
  int year = date_year(date_thursday(days, years));
  return year + years;
}

int date_add_months(int days, int months, inout bool overflow) {
  Civil date = date_civil(days);
  int years = date_floor_div(months, 12);
  int month = date.month - 1 + (months - years * 12);
  int year = date.year + years + month / 12;
  month = month % 12 + 1;
  return date_days(year, month, min(date.day, date_month_length(year, month)), overflow);
}

int date_to_year(int days, inout bool overflow) {
  return date_days(date_civil(days).year, 1, 1, overflow);
}

int date_to_quarter(int days, inout bool overflow) {
  Civil date = date_civil(days);
  return date_days(date.year, (date.month - 1) / 3 * 3 + 1, 1, overflow);
}

int date_to_month(int days, inout bool overflow) {
  Civil date = date_civil(days);
  return date_days(date.year, date.month, 1, overflow);
}

int date_to_week(int days) {
  return int(uint(days) - uint(date_weekday(days)));
}

int date_to_last_day(int days, inout bool overflow) {
  Civil date = date_civil(days);
  return date_days(date.year, date.month, date_month_length(date.year, date.month), overflow);
}

#endif

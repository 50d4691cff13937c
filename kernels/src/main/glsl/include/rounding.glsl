// SPDX-License-Identifier: Apache-2.0
//
// Quotients by powers of ten, rounded: 0 halves away from zero, 1 halves to even, 2 up, 3 down.
//
//   int64_t round_quotient(int64_t a, int64_t unit, uint direction)     unit > 0
//   i128 round_quotient(i128 a, uint digits, uint direction)            by 10^digits, digits 1..38
#ifndef KRONOS_ROUNDING_GLSL
#define KRONOS_ROUNDING_GLSL

#include "abi.glsl"
#include "int128.glsl"
#include "expression.glsl"

// Whether the magnitude of a quotient goes up: `half_` is -1, 0 or 1 as the rest is below, at or above a half.
bool round_up(bool negative, bool rest, int half_, bool odd, uint direction) {
  if (direction == 0u) {
    return half_ >= 0;
  }
  if (direction == 1u) {
    return half_ > 0 || (half_ == 0 && odd);
  }
  return rest && negative == (direction == 3u);
}

int64_t round_quotient(int64_t a, int64_t unit, uint direction) {
  int64_t q = i64_quotient(a, unit);
  uint64_t rest = uint64_t(abs(a - q * unit));
  uint64_t other = uint64_t(unit) - rest;
  int half_ = int(rest > other) - int(rest < other);
  if (round_up(a < 0l, rest != 0ul, half_, (q & 1l) != 0l, direction)) {
    q += a < 0l ? -1l : 1l;
  }
  return q;
}

i128 round_quotient(i128 a, uint digits, uint direction) {
  u128 unit = u128_pow10(digits);
  u128 rest;
  u128 q = u128_divmod(i128_magnitude(a), unit, rest);
  int half_ = u128_compare(rest, u128_sub(unit, rest));
  if (round_up(a.hi < 0l, !u128_is_zero(rest), half_, (q.lo & 1ul) != 0ul, direction)) {
    q = u128_add(q, u128(1ul, 0ul));
  }
  return i128_from_magnitude(q, a.hi < 0l);
}

#endif

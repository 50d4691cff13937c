// SPDX-License-Identifier: Apache-2.0
//
// What the three kernels of a running sum, minimum or maximum share. Macros:
//   OPERATION   0: sum, 1: minimum, 2: maximum
//   KIND        0: of 64-bit integers, extremes alone; 1: of doubles, whose bits are ordered as integers in extremes:
//               -0.0 is less than 0.0; 2: of 128-bit integers, the unscaled values of decimals
//
// Values of KIND 2 take two words, low word first, and partials three for sums: sums are exact, and one of 10^38 or more
// or of -10^38 or less is stored as the greatest 128-bit integer. Their extremes start from that one and its negation.
//
// The order of additions is fixed: eight neighbours one after the other, then Hillis and Steele's scan over the 256
// invocations of a tile, then the tiles, 256 at a time in the same way. It depends on no device. Doubles below the
// least normal number count as zero of their sign and every NaN is the same one, for devices differ in both.
//
//   RunningArguments, 32 bytes: uint64_t source, partials, target, neutral; each kernel says what it needs of them
//   VALUE combine(VALUE a, VALUE b)
//   VALUE running_neutral()
//   VALUE running_load(uint i)              void running_store(uint i, VALUE value)        source and target
//   VALUE running_partial(uint tile)        void running_keep(uint tile, VALUE value)      partials
//   VALUE running_workgroup(uint lane, VALUE value, out VALUE total)   exclusive; every invocation calls it
#ifndef KRONOS_RUNNING_GLSL
#define KRONOS_RUNNING_GLSL

#include "abi.glsl"
#include "arguments.glsl"
#include "float.glsl"
#include "int128.glsl"

#define ITEMS 8u
#define TILE (WORKGROUP_SIZE * ITEMS)

ARGUMENTS(RunningArguments, ADDRESS(source) ADDRESS(partials) ADDRESS(target), uint64_t neutral;)
ARRAY(0, source, uint64_t, 8)
ARRAY(1, partials, uint64_t, 8)
ARRAY(2, target, uint64_t, 8)

#if KIND == 2
#if OPERATION == 0
struct Wide {
  u128 low;
  int64_t high;
};
#define VALUE Wide

VALUE running_neutral() {
  return Wide(u128(0ul, 0ul), 0l);
}

VALUE running_load(uint i) {
  uint64_t high = AS(source, uint64_t)[2u * i + 1u];
  return Wide(u128(AS(source, uint64_t)[2u * i], high), int64_t(high) >> 63);
}

VALUE running_partial(uint tile) {
  uint64_t low = AS(partials, uint64_t)[3u * tile];
  uint64_t middle = AS(partials, uint64_t)[3u * tile + 1u];
  return Wide(u128(low, middle), int64_t(AS(partials, uint64_t)[3u * tile + 2u]));
}

void running_keep(uint tile, VALUE value) {
  AS(partials, uint64_t)[3u * tile] = value.low.lo;
  AS(partials, uint64_t)[3u * tile + 1u] = value.low.hi;
  AS(partials, uint64_t)[3u * tile + 2u] = uint64_t(value.high);
}

VALUE combine(VALUE a, VALUE b) {
  u128 low = u128_add(a.low, b.low);
  int64_t carry = u128_lt(low, a.low) ? 1l : 0l;
  return Wide(low, a.high + b.high + carry);
}

i128 running_number(VALUE value) {
  i128 number = i128(value.low.lo, int64_t(value.low.hi));
  bool fits = value.high == (number.hi >> 63) && i128_fits_precision(number, 38u);
  return fits ? number : i128(0xFFFFFFFFFFFFFFFFul, 0x7FFFFFFFFFFFFFFFl);
}
#else
#define VALUE i128

VALUE running_neutral() {
#if OPERATION == 1
  return i128(0xFFFFFFFFFFFFFFFFul, 0x7FFFFFFFFFFFFFFFl);
#else
  return i128_neg(i128(0xFFFFFFFFFFFFFFFFul, 0x7FFFFFFFFFFFFFFFl));
#endif
}

VALUE running_load(uint i) {
  return i128(AS(source, uint64_t)[2u * i], int64_t(AS(source, uint64_t)[2u * i + 1u]));
}

VALUE running_partial(uint tile) {
  return i128(AS(partials, uint64_t)[2u * tile], int64_t(AS(partials, uint64_t)[2u * tile + 1u]));
}

void running_keep(uint tile, VALUE value) {
  AS(partials, uint64_t)[2u * tile] = value.lo;
  AS(partials, uint64_t)[2u * tile + 1u] = uint64_t(value.hi);
}

VALUE combine(VALUE a, VALUE b) {
#if OPERATION == 1
  return i128_lt(b, a) ? b : a;
#else
  return i128_lt(a, b) ? b : a;
#endif
}

i128 running_number(VALUE value) {
  return value;
}
#endif

void running_store(uint i, VALUE value) {
  i128 number = running_number(value);
  AS(target, uint64_t)[2u * i] = number.lo;
  AS(target, uint64_t)[2u * i + 1u] = uint64_t(number.hi);
}
#elif OPERATION == 0
#define VALUE double

uint64_t running_bits(uint64_t bits) {
  uint64_t size = bits & ~F64_SIGN;
  if (size > F64_INFINITY) {
    return F64_NAN;
  }
  return size <= F64_FRACTION ? bits & F64_SIGN : bits;
}

VALUE load_value(uint64_t bits) {
  return f64_of(running_bits(bits));
}

uint64_t stored(VALUE value) {
  return running_bits(f64_bits(value));
}

VALUE combine(VALUE a, VALUE b) {
  precise double sum = a + b;
  return load_value(f64_bits(sum));
}
#else
#define VALUE int64_t

VALUE load_value(uint64_t bits) {
  int64_t key = int64_t(bits);
#if KIND == 1
  key ^= int64_t(uint64_t(key >> 63) >> 1);
#endif
  return key;
}

uint64_t stored(VALUE value) {
#if KIND == 1
  value ^= int64_t(uint64_t(value >> 63) >> 1);
#endif
  return uint64_t(value);
}

VALUE combine(VALUE a, VALUE b) {
#if OPERATION == 1
  return b < a ? b : a;
#else
  return b > a ? b : a;
#endif
}
#endif

#if KIND != 2
VALUE running_neutral() {
  return load_value(arguments.neutral);
}

VALUE running_load(uint i) {
  return load_value(AS(source, uint64_t)[i]);
}

void running_store(uint i, VALUE value) {
  AS(target, uint64_t)[i] = stored(value);
}

VALUE running_partial(uint tile) {
  return load_value(AS(partials, uint64_t)[tile]);
}

void running_keep(uint tile, VALUE value) {
  AS(partials, uint64_t)[tile] = stored(value);
}
#endif

shared VALUE running_values[WORKGROUP_SIZE];

uint running_tiles() {
  return root.count == 0u ? 0u : (root.count - 1u) / TILE + 1u;
}

VALUE running_value(uint i, VALUE neutral) {
  VALUE value = neutral;
  if (i < root.count) {
    value = running_load(i);
  }
  return value;
}

VALUE running_workgroup(uint lane, VALUE value, VALUE neutral, out VALUE total) {
  running_values[lane] = value;
  barrier();
  for (uint reach = 1u; reach < WORKGROUP_SIZE; reach <<= 1) {
    VALUE left = neutral;
    if (lane >= reach) {
      left = running_values[lane - reach];
    }
    barrier();
    running_values[lane] = combine(left, running_values[lane]);
    barrier();
  }
  total = running_values[WORKGROUP_SIZE - 1u];
  VALUE before = neutral;
  if (lane > 0u) {
    before = running_values[lane - 1u];
  }
  // The caller may scan again at once.
  barrier();
  return before;
}

// Combines the values of one invocation in a tile, neighbours of each other.
VALUE running_items(uint tile, uint lane, VALUE neutral) {
  VALUE all = neutral;
  for (uint item = 0u; item < ITEMS; item++) {
    all = combine(all, running_value(tile * TILE + lane * ITEMS + item, neutral));
  }
  return all;
}

#endif

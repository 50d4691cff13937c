// SPDX-License-Identifier: Apache-2.0
//
// What the three kernels of a running sum, minimum or maximum share. Macros:
//   OPERATION   0: sum of doubles, 1: minimum, 2: maximum
//   OF_FLOATS   1: minimum and maximum are of doubles, whose bits are ordered as integers; -0.0 is less than 0.0
//
// The order of additions is fixed: eight neighbours one after the other, then Hillis and Steele's scan over the 256
// invocations of a tile, then the tiles, 256 at a time in the same way. It depends on no device. Doubles below the
// least normal number count as zero of their sign and every NaN is the same one, for devices differ in both.
//
//   RunningArguments, 32 bytes: uint64_t source, partials, target, neutral; each kernel says what it needs of them
//   VALUE combine(VALUE a, VALUE b)
//   VALUE load_value(uint64_t bits)         uint64_t stored(VALUE value)
//   VALUE running_workgroup(uint lane, VALUE value, out VALUE total)   exclusive; every invocation calls it
#ifndef KRONOS_RUNNING_GLSL
#define KRONOS_RUNNING_GLSL

#include "abi.glsl"
#include "arguments.glsl"
#include "float.glsl"

#define ITEMS 8u
#define TILE (WORKGROUP_SIZE * ITEMS)

ARGUMENTS(RunningArguments, ADDRESS(source) ADDRESS(partials) ADDRESS(target), uint64_t neutral;)
ARRAY(0, source, uint64_t, 8)
ARRAY(1, partials, uint64_t, 8)
ARRAY(2, target, uint64_t, 8)

#if OPERATION == 0
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
#if OF_FLOATS
  key ^= int64_t(uint64_t(key >> 63) >> 1);
#endif
  return key;
}

uint64_t stored(VALUE value) {
#if OF_FLOATS
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

shared VALUE running_values[WORKGROUP_SIZE];

uint running_tiles() {
  return root.count == 0u ? 0u : (root.count - 1u) / TILE + 1u;
}

VALUE running_value(uint i, VALUE neutral) {
  return i < root.count ? load_value(AS(source, uint64_t)[i]) : neutral;
}

VALUE running_workgroup(uint lane, VALUE value, VALUE neutral, out VALUE total) {
  running_values[lane] = value;
  barrier();
  for (uint reach = 1u; reach < WORKGROUP_SIZE; reach <<= 1) {
    VALUE left = lane >= reach ? running_values[lane - reach] : neutral;
    barrier();
    running_values[lane] = combine(left, running_values[lane]);
    barrier();
  }
  total = running_values[WORKGROUP_SIZE - 1u];
  VALUE before = lane > 0u ? running_values[lane - 1u] : neutral;
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

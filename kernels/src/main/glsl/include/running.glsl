// SPDX-License-Identifier: Apache-2.0
//
// What the kernels of a running sum, minimum or maximum share (reduce, chunks, spine, tiles). Macros:
//   OPERATION   0: sum, 1: minimum, 2: maximum
//   KIND        0: of 64-bit integers, extremes alone; 1: of doubles, whose bits are ordered as integers in extremes:
//               -0.0 is less than 0.0; 2: of 128-bit integers, the unscaled values of decimals; 3: of floats, sums
//               alone, added as doubles and rounded once a result: the spine's kernel, others by running_rows.glsl
//
// Values of KIND 2 take two words, low word first, and partials three for sums: sums are exact, and one of 10^38 or more
// or of -10^38 or less is stored as the greatest 128-bit integer. Their extremes start from that one and its negation.
//
// The order of additions is fixed: eight neighbours one after the other, then Hillis and Steele's scan over the 256
// invocations of a tile, then the same over chunks of 256 tiles, then the chunks one after the other. It depends on no
// device. Doubles below the least normal number count as zero of their sign and every NaN is the same one, for devices
// differ in both. Sums of floats are multiples of the least float, so that none is below the least normal double.
//
//   RunningArguments, 32 bytes: uint64_t source, partials, target, neutral; each kernel says what it needs of them
//   uint running_tiles()                    uint running_chunks()
//   VALUE combine(VALUE a, VALUE b)
//   VALUE running_neutral()
//   VALUE running_partial(uint place)       void running_keep(uint place, VALUE value)     partials
// Every invocation of a workgroup calls these:
//   VALUE running_workgroup(uint lane, VALUE value, VALUE neutral, out VALUE total)   exclusive
//   VALUE running_total(uint lane, VALUE value)                  the total alone, in the first invocation
//   void running_hold(uint tile, uint lane, VALUE neutral)       reads a tile, to running_held
//   void running_release(uint tile, uint lane)                   writes what is held
#ifndef KRONOS_RUNNING_GLSL
#define KRONOS_RUNNING_GLSL

#include "abi.glsl"
#include "arguments.glsl"
#include "float.glsl"
#include "int128.glsl"

#define ITEMS 8u
#if KIND == 3
#ifndef ROW_QUADS
#define ROW_QUADS 32u
#endif
#define TILE (8u * ROW_QUADS * ROW_QUADS)
#define CHUNK ROW_QUADS
#else
#define TILE (WORKGROUP_SIZE * ITEMS)
#define CHUNK WORKGROUP_SIZE
#endif

ARGUMENTS(RunningArguments, ADDRESS(source) ADDRESS(partials) ADDRESS(target), uint64_t neutral;)
#if KIND == 3
#define WORD uint32_t
#define WORD_BYTES 4
#else
#define WORD uint64_t
#define WORD_BYTES 8
#endif
ARRAY(0, source, WORD, WORD_BYTES)
ARRAY(1, partials, uint64_t, 8)
ARRAY(2, target, WORD, WORD_BYTES)

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
#elif KIND == 3
#define VALUE double

VALUE load_value(uint32_t bits) {
  return f32_to_f64(f32_of(bits));
}

uint32_t stored(VALUE value) {
  return f32_bits(f64_to_f32(value));
}

VALUE combine(VALUE a, VALUE b) {
  precise double sum = a + b;
  return sum;
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
#if KIND == 3
VALUE running_neutral() {
  return 0.0lf;
}

VALUE running_partial(uint place) {
  return f64_of(AS(partials, uint64_t)[place]);
}

void running_keep(uint place, VALUE value) {
  AS(partials, uint64_t)[place] = f64_bits(value);
}
#else
VALUE running_neutral() {
  return load_value(arguments.neutral);
}

VALUE running_partial(uint place) {
  return load_value(AS(partials, uint64_t)[place]);
}

void running_keep(uint place, VALUE value) {
  AS(partials, uint64_t)[place] = stored(value);
}
#endif

// Between memory, where neighbouring invocations access neighbours, and invocations, which hold neighbours each. Padded
// by one word in eight, so that invocations use different banks.
shared WORD running_words[TILE + TILE / 8];

uint running_slot(uint place) {
  return place + (place >> 3);
}
#endif

VALUE running_held[ITEMS];
// Two of each invocation: steps read what the step before wrote, and write the other ones.
shared VALUE running_values[2 * WORKGROUP_SIZE];

uint running_tiles() {
  return root.count == 0u ? 0u : (root.count - 1u) / TILE + 1u;
}

uint running_chunks() {
  return (running_tiles() + CHUNK - 1u) / CHUNK;
}

void running_hold(uint tile, uint lane, VALUE neutral) {
#if KIND == 2
  for (uint item = 0u; item < ITEMS; item++) {
    uint i = tile * TILE + lane * ITEMS + item;
    running_held[item] = neutral;
    if (i < root.count) {
      running_held[item] = running_load(i);
    }
  }
#else
  [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
    uint place = item * WORKGROUP_SIZE + lane;
    uint i = tile * TILE + place;
    WORD word = stored(neutral);
    if (i < root.count) {
      word = AS(source, WORD)[i];
    }
    running_words[running_slot(place)] = word;
  }
  barrier();
  [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
    running_held[item] = load_value(running_words[running_slot(lane * ITEMS + item)]);
  }
#endif
}

// No barrier comes first: an invocation overwrites the words that it alone has read.
void running_release(uint tile, uint lane) {
#if KIND == 2
  for (uint item = 0u; item < ITEMS; item++) {
    uint i = tile * TILE + lane * ITEMS + item;
    if (i < root.count) {
      running_store(i, running_held[item]);
    }
  }
#else
  [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
    running_words[running_slot(lane * ITEMS + item)] = stored(running_held[item]);
  }
  barrier();
  [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
    uint place = item * WORKGROUP_SIZE + lane;
    if (tile * TILE + place < root.count) {
      AS(target, WORD)[tile * TILE + place] = running_words[running_slot(place)];
    }
  }
#endif
}

// Combines what an invocation holds.
VALUE running_items(VALUE neutral) {
  VALUE all = neutral;
  [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
    all = combine(all, running_held[item]);
  }
  return all;
}

VALUE running_workgroup(uint lane, VALUE value, VALUE neutral, out VALUE total) {
  running_values[lane] = value;
  barrier();
  uint from = 0u;
  [[unroll]] for (uint reach = 1u; reach < WORKGROUP_SIZE; reach <<= 1) {
    if (lane >= reach) {
      value = combine(running_values[from + lane - reach], value);
    }
    from = WORKGROUP_SIZE - from;
    running_values[from + lane] = value;
    barrier();
  }
  total = running_values[from + WORKGROUP_SIZE - 1u];
  VALUE before = neutral;
  if (lane > 0u) {
    before = running_values[from + lane - 1u];
  }
  // The caller may scan again at once.
  barrier();
  return before;
}

// The additions that make the last result of running_workgroup: of neighbours, then of neighbouring pairs, and so on.
VALUE running_total(uint lane, VALUE value) {
  running_values[lane] = value;
  barrier();
  uint from = 0u;
  [[unroll]] for (uint left = WORKGROUP_SIZE / 2u; left > 0u; left >>= 1) {
    if (lane < left) {
      value = combine(running_values[from + 2u * lane], running_values[from + 2u * lane + 1u]);
      running_values[from + 2u * left + lane] = value;
    }
    from += 2u * left;
    barrier();
  }
  return value;
}

#endif

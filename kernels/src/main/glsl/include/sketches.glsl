// SPDX-License-Identifier: Apache-2.0
//
// Sketches of sets, as Spark writes them.
//
//   bool sketches_bloom_contains(Str sketch, int64_t item)    false: the item is certainly not in the set, or the sketch
//                                                             is none
//
// A Bloom filter (B. H. Bloom, Space/Time Trade-offs in Hash Coding with Allowable Errors, 1970) is of numbers in
// big-endian order: its version as 32 bits, 1 or 2; how many bits an item has, 32; of version 2 a seed, 32; how many
// words there are, 32, 1 or more; then so many words of 64 bits. Which bits are an item's two hashes tell (A. Kirsch and
// M. Mitzenmacher, Less Hashing, Same Performance, 2006), added as 32 bits in version 1 and as 64 in version 2.
#ifndef KRONOS_SKETCHES_GLSL
#define KRONOS_SKETCHES_GLSL

#include "abi.glsl"
#include "murmur3.glsl"
#include "text.glsl"

uint sketches_word(Str s, uint at) {
  return str_byte(s, at) << 24 | str_byte(s, at + 1u) << 16 | str_byte(s, at + 2u) << 8 | str_byte(s, at + 3u);
}

bool sketches_bloom_contains(Str sketch, int64_t item) {
  if (sketch.size < 20u) {
    return false;
  }
  bool narrow = sketches_word(sketch, 0u) == 1u;
  uint hashes = sketches_word(sketch, 4u);
  uint words = sketches_word(sketch, narrow ? 8u : 12u);
  uint first = narrow ? 12u : 16u;
  uint64_t bits = uint64_t(max(words, 1u)) * 64ul;
  uint start = murmur3_i64(narrow ? 0u : sketches_word(sketch, 8u), item);
  uint reach = murmur3_i64(start, item);
  int64_t wide = int64_t(int(start)) * 0x7FFFFFFFl;
  uint sum = start;
  bool found = true;
  for (uint i = 0u; i < hashes && found; i++) {
    sum += reach;
    wide += int64_t(int(reach));
    int64_t place = narrow ? int64_t(int(sum)) : wide;
    uint64_t bit = uint64_t(place < 0l ? ~place : place) % bits;
    // The lowest bits of a word are in its last byte.
    uint byte = first + uint(bit >> 6) * 8u + 7u - (uint(bit) >> 3 & 7u);
    found = byte < sketch.size && (str_byte(sketch, byte) >> (uint(bit) & 7u) & 1u) != 0u;
  }
  return found;
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Sketches of sets, as Spark writes them.
//
//   bool sketches_bloom_contains(Str sketch, int64_t item)    false: the item is certainly not in the set, or the sketch
//                                                             is none
//   void sketches_bloom_put(uint64_t body, SketchesHead head, int64_t item)    adds an item to the filter whose words
//                                                             begin at `body`, a multiple of 4
//   bool sketches_bloom_has_head(Str sketch, SketchesHead head)    whether the sketch has this head, and all words
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

// What comes before the words.
struct SketchesHead {
  uint version;
  uint hashes;
  uint seed;
  uint words;
};

uint sketches_head_size(SketchesHead head) {
  return head.version == 1u ? 12u : 16u;
}

uint sketches_bloom_start(SketchesHead head, int64_t item) {
  return murmur3_i64(head.version == 1u ? 0u : head.seed, item);
}

// Which bit, of all bits of the filter, is the item's i-th, from 1; the hashes are the item's.
uint64_t sketches_bloom_bit(SketchesHead head, uint start, uint reach, uint i) {
  uint64_t bits = uint64_t(max(head.words, 1u)) * 64ul;
  if (head.version == 1u) {
    // In 32 bits: widened first, lavapipe 22.3 gives other bits for one hash, one word and a head of constants.
    uint sum = start + i * reach;
    return uint64_t(int(sum) < 0 ? ~sum : sum) % bits;
  }
  int64_t sum = int64_t(int(start)) * 0x7FFFFFFFl + int64_t(i) * int64_t(int(reach));
  return uint64_t(sum < 0l ? ~sum : sum) % bits;
}

// Where the bit's byte is among those of the words: the lowest bits of a word are in its last byte.
uint sketches_bloom_byte(uint64_t bit) {
  return uint(bit >> 6) * 8u + 7u - (uint(bit) >> 3 & 7u);
}

bool sketches_bloom_contains(Str sketch, int64_t item) {
  if (sketch.size < 20u) {
    return false;
  }
  SketchesHead head = SketchesHead(sketches_word(sketch, 0u), sketches_word(sketch, 4u), 0u, 0u);
  uint first = sketches_head_size(head);
  head.seed = sketches_word(sketch, 8u);
  head.words = sketches_word(sketch, first - 4u);
  uint start = sketches_bloom_start(head, item);
  uint reach = murmur3_i64(start, item);
  bool found = true;
  for (uint i = 1u; i <= head.hashes && found; i++) {
    uint64_t bit = sketches_bloom_bit(head, start, reach, i);
    uint byte = first + sketches_bloom_byte(bit);
    found = byte < sketch.size && (str_byte(sketch, byte) >> (uint(bit) & 7u) & 1u) != 0u;
  }
  return found;
}

void sketches_bloom_put(uint64_t body, SketchesHead head, int64_t item) {
  uint start = sketches_bloom_start(head, item);
  uint reach = murmur3_i64(start, item);
  for (uint i = 1u; i <= head.hashes; i++) {
    uint64_t bit = sketches_bloom_bit(head, start, reach, i);
    uint byte = sketches_bloom_byte(bit);
    uint mask = 1u << ((byte & 3u) * 8u + (uint(bit) & 7u));
    // Most bits are there once there are many items, and looking is cheaper than setting.
    if ((BufferU32(body).v[byte >> 2] & mask) == 0u) {
      atomicOr(BufferU32(body).v[byte >> 2], mask);
    }
  }
}

bool sketches_bloom_has_head(Str sketch, SketchesHead head) {
  uint first = sketches_head_size(head);
  return sketch.size == first + head.words * 8u && sketches_word(sketch, 0u) == head.version
      && sketches_word(sketch, 4u) == head.hashes && sketches_word(sketch, first - 4u) == head.words
      && (head.version == 1u || sketches_word(sketch, 8u) == head.seed);
}

#endif

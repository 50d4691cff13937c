// SPDX-License-Identifier: Apache-2.0
//
// Hash of 64 bits: XXH64 (Y. Collet, xxHash fast digest algorithm). h is the hash of the values before, or the seed;
// values are taken as by murmur3.glsl.
//
//   uint64_t xxhash64_bool(uint64_t h, bool v)   xxhash64_i32(h, int)   xxhash64_i64(h, int64_t)
//   xxhash64_f32(h, float)   xxhash64_f64(h, double)   xxhash64_i128(h, i128)   xxhash64_str(h, Str)
#ifndef KRONOS_XXHASH64_GLSL
#define KRONOS_XXHASH64_GLSL

#include "abi.glsl"
#include "int128.glsl"
#include "float.glsl"
#include "types.glsl"
#include "string.glsl"
#include "fewest_bytes.glsl"

const uint64_t XX_1 = 0x9E3779B185EBCA87ul;
const uint64_t XX_2 = 0xC2B2AE3D27D4EB4Ful;
const uint64_t XX_3 = 0x165667B19E3779F9ul;
const uint64_t XX_4 = 0x85EBCA77C2B2AE63ul;
const uint64_t XX_5 = 0x27D4EB2F165667C5ul;

uint64_t xx_rotated(uint64_t a, uint n) {
  return (a << n) | (a >> (64u - n));
}

uint64_t xx_round(uint64_t lane, uint64_t word) {
  return xx_rotated(lane + word * XX_2, 31u) * XX_1;
}

uint64_t xx_word(uint64_t h, uint64_t word) {
  return xx_rotated(h ^ xx_round(0ul, word), 27u) * XX_1 + XX_4;
}

uint64_t xx_half(uint64_t h, uint word) {
  return xx_rotated(h ^ (uint64_t(word) * XX_1), 23u) * XX_2 + XX_3;
}

// The last bytes, `count` of them below 8, least significant first: half a word, then byte by byte.
uint64_t xx_tail(uint64_t h, uint64_t bytes, uint count) {
  if (count >= 4u) {
    h = xx_half(h, uint(bytes));
    bytes >>= 32;
    count -= 4u;
  }
  for (uint i = 0u; i < count; i++) {
    h = xx_rotated(h ^ ((bytes & 0xFFul) * XX_5), 11u) * XX_1;
    bytes >>= 8;
  }
  return h;
}

uint64_t xx_end(uint64_t h) {
  h = (h ^ (h >> 33)) * XX_2;
  h = (h ^ (h >> 29)) * XX_3;
  return h ^ (h >> 32);
}

uint64_t xxhash64_i32(uint64_t h, int v) {
  return xx_end(xx_half(h + XX_5 + 4ul, uint(v)));
}

uint64_t xxhash64_bool(uint64_t h, bool v) {
  return xxhash64_i32(h, v ? 1 : 0);
}

uint64_t xxhash64_i64(uint64_t h, int64_t v) {
  return xx_end(xx_word(h + XX_5 + 8ul, uint64_t(v)));
}

uint64_t xxhash64_f32(uint64_t h, float v) {
  return xxhash64_i32(h, int(f32_normal_bits(v)));
}

uint64_t xxhash64_f64(uint64_t h, double v) {
  return xxhash64_i64(h, int64_t(f64_normal_bits(v)));
}

uint64_t xxhash64_i128(uint64_t h, i128 v) {
  FewestBytes b = fewest_bytes(v);
  h += XX_5 + uint64_t(b.size);
  if (b.size == 16u) {
    h = xx_word(xx_word(h, b.first), b.second);
  } else if (b.size >= 8u) {
    h = xx_tail(xx_word(h, b.first), b.second, b.size - 8u);
  } else {
    h = xx_tail(h, b.first, b.size);
  }
  return xx_end(h);
}

uint64_t xx_merged(uint64_t h, uint64_t lane) {
  return (h ^ xx_round(0ul, lane)) * XX_1 + XX_4;
}

uint64_t xxhash64_str(uint64_t h, Str s) {
  uint words = s.size >> 3;
  uint stripes = words >> 2;
  uint64_t sum = h + XX_5;
  if (stripes > 0u) {
    uint64_t a = h + XX_1 + XX_2;
    uint64_t b = h + XX_2;
    uint64_t c = h;
    uint64_t d = h - XX_1;
    for (uint i = 0u; i < stripes; i++) {
      a = xx_round(a, str_word(s, i * 4u));
      b = xx_round(b, str_word(s, i * 4u + 1u));
      c = xx_round(c, str_word(s, i * 4u + 2u));
      d = xx_round(d, str_word(s, i * 4u + 3u));
    }
    sum = xx_rotated(a, 1u) + xx_rotated(b, 7u) + xx_rotated(c, 12u) + xx_rotated(d, 18u);
    sum = xx_merged(xx_merged(xx_merged(xx_merged(sum, a), b), c), d);
  }
  sum += uint64_t(s.size);
  for (uint i = stripes * 4u; i < words; i++) {
    sum = xx_word(sum, str_word(s, i));
  }
  uint rest = s.size & 7u;
  if (rest != 0u) {
    sum = xx_tail(sum, str_word(s, words), rest);
  }
  return xx_end(sum);
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Spark's hash of 32 bits: Murmur3 (A. Appleby, public domain, x86_32), but for the bytes after the last whole word,
// each of which is mixed as a word of its own, sign-extended. Partitions of shuffles are told by it, so that it must
// be Spark's to the bit. h is the hash of the values before, or the seed; nulls leave it as it is.
//
//   uint murmur3_bool(uint h, bool v)   uint murmur3_i32(uint h, int v)   uint murmur3_i64(uint h, int64_t v)
//   uint murmur3_f32(uint h, float v)   uint murmur3_f64(uint h, double v)     -0.0 as 0.0, every NaN as one
//   uint murmur3_i128(uint h, i128 v)       the fewest big-endian bytes of two's complement that hold v
//   uint murmur3_str(uint h, Str s)
//   int bucket_of(int hash, int buckets)    0 .. buckets - 1; buckets > 0
#ifndef KRONOS_MURMUR3_GLSL
#define KRONOS_MURMUR3_GLSL

#include "abi.glsl"
#include "int128.glsl"
#include "float.glsl"
#include "types.glsl"
#include "string.glsl"
#include "fewest_bytes.glsl"

uint murmur3_mix(uint h, uint k) {
  k *= 0xCC9E2D51u;
  k = (k << 15) | (k >> 17);
  h ^= k * 0x1B873593u;
  h = (h << 13) | (h >> 19);
  return h * 5u + 0xE6546B64u;
}

uint murmur3_end(uint h, uint size) {
  h ^= size;
  h = (h ^ (h >> 16)) * 0x85EBCA6Bu;
  h = (h ^ (h >> 13)) * 0xC2B2AE35u;
  return h ^ (h >> 16);
}

uint murmur3_i32(uint h, int v) {
  return murmur3_end(murmur3_mix(h, uint(v)), 4u);
}

uint murmur3_bool(uint h, bool v) {
  return murmur3_i32(h, v ? 1 : 0);
}

uint murmur3_words(uint h, uint64_t v) {
  return murmur3_mix(murmur3_mix(h, uint(v)), uint(v >> 32));
}

uint murmur3_i64(uint h, int64_t v) {
  return murmur3_end(murmur3_words(h, uint64_t(v)), 8u);
}

uint murmur3_f32(uint h, float v) {
  return murmur3_i32(h, int(f32_normal_bits(v)));
}

uint murmur3_f64(uint h, double v) {
  return murmur3_i64(h, int64_t(f64_normal_bits(v)));
}

// Mixes the last bytes, `count` of them below 8, least significant first: a whole word, then byte by byte.
uint murmur3_tail(uint h, uint64_t bytes, uint count) {
  uint low = uint(bytes);
  if (count >= 4u) {
    h = murmur3_mix(h, low);
    low = uint(bytes >> 32);
    count -= 4u;
  }
  if (count > 0u) {
    h = murmur3_mix(h, uint(int(low << 24) >> 24));
  }
  if (count > 1u) {
    h = murmur3_mix(h, uint(int(low << 16) >> 24));
  }
  if (count > 2u) {
    h = murmur3_mix(h, uint(int(low << 8) >> 24));
  }
  return h;
}

uint murmur3_i128(uint h, i128 v) {
  FewestBytes b = fewest_bytes(v);
  if (b.size == 16u) {
    h = murmur3_words(murmur3_words(h, b.first), b.second);
  } else if (b.size >= 8u) {
    h = murmur3_tail(murmur3_words(h, b.first), b.second, b.size - 8u);
  } else {
    h = murmur3_tail(h, b.first, b.size);
  }
  return murmur3_end(h, b.size);
}

uint murmur3_str(uint h, Str s) {
  uint words = s.size >> 3;
  for (uint i = 0u; i < words; i++) {
    h = murmur3_words(h, str_word(s, i));
  }
  uint rest = s.size & 7u;
  if (rest != 0u) {
    h = murmur3_tail(h, str_word(s, words), rest);
  }
  return murmur3_end(h, s.size);
}

int bucket_of(int hash, int buckets) {
  int rest = hash % buckets;
  return rest < 0 ? rest + buckets : rest;
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Strings as unsigned bytes (Spark's UTF8_BINARY), eight at a time. Words are read from aligned addresses only, up to
// the end of the aligned 8-byte word that holds a string's last byte; nothing is read of an empty string.
//
//   bool str_equal(Str a, Str b)
//   int str_compare(Str a, Str b)                 -1, 0, 1: unsigned bytes, then the shorter first
//   uint64_t str_hash(uint64_t h, Str s)          folds s into h (hash.glsl)
//   uint64_t str_word(Str s, uint i)              bytes 8i .. 8i+7, little-endian, zero past the end; 8i < s.size
//   bool str_starts_with(Str s, Str prefix)
//   void str_copy(uint64_t target, Str s)         byte by byte; target must not overlap s
#ifndef KRONOS_STRING_GLSL
#define KRONOS_STRING_GLSL

#include "abi.glsl"
#include "types.glsl"
#include "hash.glsl"

uint64_t str_word(Str s, uint i) {
  uint64_t address = s.address + uint64_t(i) * 8ul;
  uint left = s.size - i * 8u;
  uint skip = uint(address) & 7u;
  uint64_t base = address - uint64_t(skip);
  uint64_t word = BufferU64(base).v[0] >> (skip * 8u);
  if (skip != 0u && left > 8u - skip) {
    word |= BufferU64(base).v[1] << (64u - skip * 8u);
  }
  if (left < 8u) {
    word &= (1ul << (left * 8u)) - 1ul;
  }
  return word;
}

uint str_swap32(uint x) {
  x = ((x & 0x00FF00FFu) << 8) | ((x >> 8) & 0x00FF00FFu);
  return (x << 16) | (x >> 16);
}

// First byte most significant, so that unsigned order is byte order.
uint64_t str_big_endian(uint64_t x) {
  return (uint64_t(str_swap32(uint(x))) << 32) | uint64_t(str_swap32(uint(x >> 32)));
}

bool str_equal(Str a, Str b) {
  if (a.size != b.size) {
    return false;
  }
  uint words = (a.size + 7u) >> 3;
  for (uint i = 0u; i < words; i++) {
    if (str_word(a, i) != str_word(b, i)) {
      return false;
    }
  }
  return true;
}

bool str_starts_with(Str s, Str prefix) {
  return prefix.size <= s.size && str_equal(Str(s.address, prefix.size), prefix);
}

int str_compare(Str a, Str b) {
  uint words = (min(a.size, b.size) + 7u) >> 3;
  for (uint i = 0u; i < words; i++) {
    uint64_t x = str_word(a, i);
    uint64_t y = str_word(b, i);
    if (x != y) {
      // Bytes past an end count as zero; where that hides a difference, the lengths decide below.
      return str_big_endian(x) < str_big_endian(y) ? -1 : 1;
    }
  }
  return int(a.size > b.size) - int(a.size < b.size);
}

uint64_t str_hash(uint64_t h, Str s) {
  uint words = (s.size + 7u) >> 3;
  h = hash_combine(h, uint64_t(s.size));
  for (uint i = 0u; i < words; i++) {
    h = hash_combine(h, str_word(s, i));
  }
  return h;
}

void str_copy(uint64_t target, Str s) {
  for (uint i = 0u; i < s.size; i++) {
    BufferU8(target).v[i] = BufferU8(s.address).v[i];
  }
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Copies a string to any address by LANES invocations, a macro, of which each calls
//
//   void gather_copy(Str s, uint64_t target, uint lane)     lane is 0 .. LANES - 1
#ifndef KRONOS_STRING_GATHER_GLSL
#define KRONOS_STRING_GATHER_GLSL

#include "string.glsl"

// Word stores inside, bytes at both ends: neighbours share words, and other invocations write them.
void gather_copy(Str s, uint64_t target, uint lane) {
  uint head = min(uint(-int(uint(target))) & 3u, s.size);
  uint words = (s.size - head) >> 2;
  uint tail = head + words * 4u;
  for (uint i = lane; i < head; i += LANES) {
    BufferU8(target).v[i] = BufferU8(s.address).v[i];
  }
  uint64_t body = target + uint64_t(head);
  Str middle = Str(s.address + uint64_t(head), words * 4u);
  for (uint i = lane * 2u; i < words; i += LANES * 2u) {
    uint64_t word = str_word(middle, i >> 1);
    BufferU32(body).v[i] = uint(word);
    if (i + 1u < words) {
      BufferU32(body).v[i + 1u] = uint(word >> 32);
    }
  }
  for (uint i = tail + lane; i < s.size; i += LANES) {
    BufferU8(target).v[i] = BufferU8(s.address).v[i];
  }
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Looks at a page's bytes through a window in shared memory, which a whole workgroup moves. All invocations call what
// is here alike, with equal arguments.
//
// Up to WINDOW_SLACK bytes behind a page's end or behind those that were reached may be looked at; they mean nothing.
//
// Macro WINDOW_BYTES, a multiple of 16, 1024 by default.
//
//   void window_open(uint64_t source, uint size)   begins with a page's first bytes; source is 16-aligned, and what is
//                                                  behind the page up to the next multiple of 16 may be read
//   void window_reach(uint at, uint bytes)         moves on where the bytes from `at` are not in the window; `at` never
//                                                  goes back, bytes <= WINDOW_BYTES - 16
//   uint64_t window_word(uint at)                  bytes at .. at + 4 in the low bits
//   uint window_byte(uint at)
#ifndef KRONOS_PAGE_WINDOW_GLSL
#define KRONOS_PAGE_WINDOW_GLSL

#include "abi.glsl"
#include "types.glsl"

#ifndef WINDOW_BYTES
#define WINDOW_BYTES 1024u
#endif

const uint WINDOW_SLACK = 384u;

shared uint window_words[(WINDOW_BYTES + WINDOW_SLACK) / 4u + 2u];
uint64_t window_source;
uint window_size;
uint window_first;

void window_load(uint first) {
  window_first = first;
  barrier();
  for (uint i = gl_LocalInvocationID.x; i < WINDOW_BYTES / 16u; i += WORKGROUP_SIZE) {
    uint from = first + i * 16u;
    if (from < window_size) {
      uvec4 words = BufferU32x4(window_source + uint64_t(from)).v[0];
      window_words[i * 4u] = words.x;
      window_words[i * 4u + 1u] = words.y;
      window_words[i * 4u + 2u] = words.z;
      window_words[i * 4u + 3u] = words.w;
    }
  }
  barrier();
}

void window_open(uint64_t source, uint size) {
  window_source = source;
  window_size = size;
  window_load(0u);
}

void window_reach(uint at, uint bytes) {
  uint end = window_first + WINDOW_BYTES;
  if (at + bytes > end && end < window_size) {
    window_load(at & ~15u);
  }
}

uint64_t window_word(uint at) {
  uint place = at - window_first;
  uint64_t word = pack64(u32vec2(window_words[place >> 2], window_words[(place >> 2) + 1u]));
  return word >> ((place & 3u) * 8u);
}

uint window_byte(uint at) {
  uint place = at - window_first;
  return (window_words[place >> 2] >> ((place & 3u) * 8u)) & 255u;
}

#endif

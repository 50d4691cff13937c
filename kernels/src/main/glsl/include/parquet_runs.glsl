// SPDX-License-Identifier: Apache-2.0
//
// Runs of small integers, as Parquet's hybrid of run lengths and bit packing encodes them (Encodings.md of the Parquet
// format, "Run Length Encoding / Bit-Packing Hybrid"), found by the host and told in a table.
//
//   Run, 16 bytes, 16-aligned
//     0  uint first     position of its first value; those of a table ascend, and the first is 0
//     4  uint form      bits 0..7: RUN_REPEATED, RUN_PACKED, RUN_COUNTED or RUN_EXPANDED, whose values lie elsewhere, one
//                       a word, by position; bits 8..15: bits of a packed value, 0..32
//     8  uint value     the repeated value, or that of the first position of a counted run, whose values ascend by one
//    12  uint offset    first byte of packed values, which begin with its lowest bit
//
//   uvec4 run_at(uint64_t runs, uint run_count, uint position)     the run of a position; 1 run or more
//   uint run_value(uvec4 run, uint64_t bytes, uint position)       the value there, unless expanded
#ifndef KRONOS_PARQUET_RUNS_GLSL
#define KRONOS_PARQUET_RUNS_GLSL

#include "abi.glsl"
#include "types.glsl"
#include "string.glsl"

const uint RUN_REPEATED = 0u;
const uint RUN_PACKED = 1u;
const uint RUN_COUNTED = 2u;
const uint RUN_EXPANDED = 3u;

uvec4 run_at(uint64_t runs, uint run_count, uint position) {
  uint low = 0u;
  uint high = run_count;
  while (high - low > 1u) {
    uint middle = (low + high) >> 1;
    if (BufferU32x4(runs).v[middle].x <= position) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return BufferU32x4(runs).v[low];
}

uint run_value(uvec4 run, uint64_t bytes, uint position) {
  uint form = run.y & 255u;
  uint width = (run.y >> 8) & 255u;
  uint place = position - run.x;
  if (form == RUN_COUNTED) {
    return run.z + place;
  }
  if (form == RUN_REPEATED || width == 0u) {
    return run.z;
  }
  uint64_t bit = uint64_t(place) * uint64_t(width);
  uint shift = uint(bit) & 7u;
  uint64_t first = bytes + uint64_t(run.w) + (bit >> 3);
  uint64_t word = str_word(Str(first, (shift + width + 7u) >> 3), 0u) >> shift;
  return uint(word & ((1ul << width) - 1ul));
}

#endif

#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Does all of lookback_rows' work again where a workgroup of it waited in vain, by one workgroup that waits for nothing and
// in the same order of additions; otherwise returns at once. On devices that let workgroups go on it has nothing to do.
// Lavapipe 22.3, which ends all loops of an invocation after 65,535 turns, gets through about a thousand tiles of 512 values.
//
//   workgroups   1
//   root.count   values, 0..2^31
//   root.flags   bits 0 and 2 as running_rows.glsl says
//   RunningArguments, 32 bytes
//     0  uint64_t source           uint32_t[count], bits of the values
//     8  uint64_t partials         what lookback_rows left; read alone
//    16  uint64_t target           uint32_t[count], written where the second of the partials is not 0
//    24  uint64_t neutral          not used here
//   Macros: KIND 3 and OPERATION 0 of running.glsl, SHUFFLES and WORKGROUP_SIZE of running_rows.glsl
#include "abi.glsl"
#include "running_rows.glsl"

// What the tiles of a chunk have, then what is before each of them and behind the last, which the next one starts from.
shared double tile_sums[CHUNK];
shared double tile_starts[CHUNK];
shared double chunk_start;

double sum_of(uint tile) {
  double sum = 0.0lf;
  if (tile < running_tiles()) {
    rows_hold(tile);
    sum = rows_sum();
  }
  // What rows_release reads, and the next tile overwrites.
  barrier();
  return sum;
}

// Starts the tiles of a chunk, and the chunk behind it.
void start_tiles() {
  double sums[ROW_QUADS];
  for (uint i = 0u; i < CHUNK; i++) {
    sums[i] = tile_sums[i];
  }
  scan_serially(sums);
  tile_starts[0] = combine(chunk_start, 0.0lf);
  for (uint i = 1u; i < CHUNK; i++) {
    tile_starts[i] = combine(chunk_start, sums[i - 1u]);
  }
  chunk_start = combine(chunk_start, sums[CHUNK - 1u]);
}

void repair_chunk(uint first) {
  bool speaks = rows_lane() == 0u;
  for (uint place = 0u; place < CHUNK; place++) {
    double sum = sum_of(first + place);
    if (speaks) {
      tile_sums[place] = sum;
    }
  }
  if (speaks) {
    start_tiles();
  }
  barrier();
  for (uint place = 0u; place < CHUNK && first + place < running_tiles(); place++) {
    sum_of(first + place);
    rows_release(first + place, tile_starts[place]);
    barrier();
  }
}

void main() {
  if (AS(partials, uint64_t)[1] == 0ul) {
    return;
  }
  if (rows_lane() == 0u) {
    chunk_start = 0.0lf;
  }
  for (uint chunk = 0u; chunk < running_chunks(); chunk++) {
    repair_chunk(chunk * CHUNK);
  }
}

#version 460
// SPDX-License-Identifier: Apache-2.0
//
// First, second and fourth of four kernels of a running sum of floats (running_spine is the third), in the order of
// additions that running_rows.glsl says; lookback_rows does the same in one.
//   STAGE 0   sums each tile of 8192 values
//   STAGE 1   turns what each tile has into what its chunk of 32 tiles has before it, in place, and writes what each
//             chunk has behind all of them; an invocation a chunk
//   STAGE 2   runs through each tile from what is before it. In place is allowed (source == target)
//
//   root.count   values of the whole input, 0..2^31
//   root.flags   bits 0 and 2 as running_rows.glsl says
//   RunningArguments, 32 bytes
//     0  uint64_t source           uint32_t[count], bits of the values, read in stages 0 and 2
//     8  uint64_t partials         uint64_t[tiles + chunks]
//    16  uint64_t target           uint32_t[count], written in stage 2
//    24  uint64_t neutral          not used here
//   Macros: KIND 3 and OPERATION 0 of running.glsl, SHUFFLES of running_rows.glsl, STAGE
#include "abi.glsl"
#include "running_rows.glsl"

#if STAGE == 1
void main() {
  uint tiles = running_tiles();
  uint chunks = running_chunks();
  for (uint chunk = kronos_thread(); chunk < chunks; chunk += kronos_threads()) {
    uint first = chunk * CHUNK;
    double sums[ROW_QUADS];
    for (uint i = 0u; i < CHUNK; i++) {
      sums[i] = 0.0lf;
      if (first + i < tiles) {
        sums[i] = running_partial(first + i);
      }
    }
    scan_serially(sums);
    for (uint i = 0u; i < CHUNK && first + i < tiles; i++) {
      double before = 0.0lf;
      if (i > 0u) {
        before = sums[i - 1u];
      }
      running_keep(first + i, before);
    }
    running_keep(tiles + chunk, sums[CHUNK - 1u]);
  }
}
#else
void main() {
  uint tiles = running_tiles();
  for (uint tile = gl_WorkGroupID.x; tile < tiles; tile += gl_NumWorkGroups.x) {
    rows_hold(tile);
    double own = rows_sum();
    barrier();
#if STAGE == 0
    if (gl_LocalInvocationID.x == 0u) {
      running_keep(tile, own);
    }
#else
    rows_release(tile, combine(running_partial(tiles + tile / CHUNK), running_partial(tile)));
#endif
    // The next tile overwrites what bands have.
    barrier();
  }
}
#endif

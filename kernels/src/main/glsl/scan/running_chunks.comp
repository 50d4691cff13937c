#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Second of four kernels of a running sum, minimum or maximum: turns what each tile has into what its chunk of 256 tiles
// has before it, in place, and writes what each chunk has behind all of them.
//
//   root.count   values of the whole input (not tiles)
//   RunningArguments, 32 bytes
//     0  uint64_t source           not used here
//     8  uint64_t partials         uint64_t[tiles + chunks], the tiles' read and written, the chunks' written; of KIND 2 two, for sums three, each
//    16  uint64_t target           not used here
//    24  uint64_t neutral          bits of the value that changes nothing, not used of KIND 2 and 3
//   Macros: running.glsl says which
#include "abi.glsl"
#include "running.glsl"

void main() {
  uint lane = gl_LocalInvocationID.x;
  VALUE neutral = running_neutral();
  uint tiles = running_tiles();
  uint chunks = running_chunks();
  for (uint chunk = gl_WorkGroupID.x; chunk < chunks; chunk += gl_NumWorkGroups.x) {
    uint tile = chunk * WORKGROUP_SIZE + lane;
    VALUE own = neutral;
    if (tile < tiles) {
      own = running_partial(tile);
    }
    VALUE all;
    VALUE before = running_workgroup(lane, own, neutral, all);
    if (tile < tiles) {
      running_keep(tile, before);
    }
    if (lane == 0u) {
      running_keep(tiles + chunk, all);
    }
  }
}

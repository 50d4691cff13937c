#version 460
// SPDX-License-Identifier: Apache-2.0
//
// First of four kernels of a running sum, minimum or maximum: combines each tile of 2048 values.
//
//   root.count   values, 0..2^31
//   RunningArguments, 32 bytes
//     0  uint64_t source           WORD[count], bits of the values; two of each value of KIND 2
//     8  uint64_t partials         uint64_t[tiles + chunks], the tiles' written; of KIND 2 two, for sums three, each
//    16  uint64_t target           not used here
//    24  uint64_t neutral          bits of the value that changes nothing, not used of KIND 2 and 3
//   Macros: running.glsl says which
#include "abi.glsl"
#include "running.glsl"

void main() {
  uint lane = gl_LocalInvocationID.x;
  VALUE neutral = running_neutral();
  uint tiles = running_tiles();
  for (uint tile = gl_WorkGroupID.x; tile < tiles; tile += gl_NumWorkGroups.x) {
    running_hold(tile, lane, neutral);
    VALUE all = running_total(lane, running_items(neutral));
    if (lane == 0u) {
      running_keep(tile, all);
    }
  }
}

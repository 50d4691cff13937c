#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Fourth of four kernels of a running sum, minimum or maximum: runs through each tile from what is before it. In place
// is allowed (source == target).
//
//   root.count   values, 0..2^31
//   root.flags   bit 0: each result contains the value at its own place, else only those before
//   RunningArguments, 32 bytes
//     0  uint64_t source           WORD[count], bits of the values; two of each value of KIND 2
//     8  uint64_t partials         uint64_t[tiles + chunks], read; of KIND 2 two, for sums three, each
//    16  uint64_t target           WORD[count], written; two of each value of KIND 2
//    24  uint64_t neutral          bits of the value that changes nothing, not used of KIND 2 and 3
//   Macros: running.glsl says which
#include "abi.glsl"
#include "running.glsl"

void main() {
  uint lane = gl_LocalInvocationID.x;
  bool inclusive = (root.flags & 1u) != 0u;
  VALUE neutral = running_neutral();
  uint tiles = running_tiles();
  for (uint tile = gl_WorkGroupID.x; tile < tiles; tile += gl_NumWorkGroups.x) {
    running_hold(tile, lane, neutral);
    VALUE all;
    VALUE before = running_workgroup(lane, running_items(neutral), neutral, all);
    VALUE start = combine(running_partial(tiles + tile / WORKGROUP_SIZE), running_partial(tile));
    VALUE running = combine(start, before);
    [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
      VALUE after = combine(running, running_held[item]);
      running_held[item] = inclusive ? after : running;
      running = after;
    }
    running_release(tile, lane);
  }
}

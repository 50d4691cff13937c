#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Third of three kernels of a running sum, minimum or maximum: runs through each tile from what is before it. In place
// is allowed (source == target).
//
//   root.count   values, 0..2^31
//   root.flags   bit 0: each result contains the value at its own place, else only those before
//   RunningArguments, 32 bytes
//     0  uint64_t source           uint64_t[count], bits of the values; two of each value of KIND 2
//     8  uint64_t partials         uint64_t[tiles], from scan/running_spine
//    16  uint64_t target           uint64_t[count], written; two of each value of KIND 2
//    24  uint64_t neutral          bits of the value that changes nothing, not used of KIND 2
//   Macros: running.glsl says which
#include "abi.glsl"
#include "running.glsl"

void main() {
  uint lane = gl_LocalInvocationID.x;
  bool inclusive = (root.flags & 1u) != 0u;
  VALUE neutral = running_neutral();
  uint tiles = running_tiles();
  for (uint tile = gl_WorkGroupID.x; tile < tiles; tile += gl_NumWorkGroups.x) {
    VALUE all;
    VALUE before = running_workgroup(lane, running_items(tile, lane, neutral), neutral, all);
    VALUE running = combine(running_partial(tile), before);
    for (uint item = 0u; item < ITEMS; item++) {
      uint i = tile * TILE + lane * ITEMS + item;
      if (i < root.count) {
        VALUE after = combine(running, running_load(i));
        if (inclusive) {
          running = after;
        }
        running_store(i, running);
        running = after;
      }
    }
  }
}

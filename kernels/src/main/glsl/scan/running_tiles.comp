#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Third of three kernels of a running sum, minimum or maximum: runs through each tile from what is before it. In place
// is allowed (source == target).
//
//   root.count   values, 0..2^31
//   root.flags   bit 0: each result contains the value at its own place, else only those before
//   RunningArguments, 32 bytes
//     0  uint64_t source           uint64_t[count], bits of the values
//     8  uint64_t partials         uint64_t[tiles], from scan/running_spine
//    16  uint64_t target           uint64_t[count], written
//    24  uint64_t neutral          bits of the value that changes nothing
//   Macros: running.glsl says which
#include "abi.glsl"
#include "running.glsl"

void main() {
  uint lane = gl_LocalInvocationID.x;
  bool inclusive = (root.flags & 1u) != 0u;
  VALUE neutral = load_value(arguments.neutral);
  uint tiles = running_tiles();
  for (uint tile = gl_WorkGroupID.x; tile < tiles; tile += gl_NumWorkGroups.x) {
    VALUE all;
    VALUE before = running_workgroup(lane, running_items(tile, lane, neutral), neutral, all);
    VALUE running = combine(load_value(AS(partials, uint64_t)[tile]), before);
    for (uint item = 0u; item < ITEMS; item++) {
      uint i = tile * TILE + lane * ITEMS + item;
      if (i < root.count) {
        VALUE after = combine(running, load_value(AS(source, uint64_t)[i]));
        AS(target, uint64_t)[i] = stored(inclusive ? after : running);
        running = after;
      }
    }
  }
}

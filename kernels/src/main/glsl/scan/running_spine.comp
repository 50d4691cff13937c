#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Second of three kernels of a running sum, minimum or maximum: turns what each tile has into what is before it, in
// place. ONE workgroup; further ones do nothing.
//
//   root.count   values of the whole input (not tiles)
//   RunningArguments, 32 bytes
//     0  uint64_t source           not used here
//     8  uint64_t partials         uint64_t[tiles], read and written; of KIND 2 two, for sums three, each
//    16  uint64_t target           not used here
//    24  uint64_t neutral          bits of the value that changes nothing, not used of KIND 2
//   Macros: running.glsl says which
#include "abi.glsl"
#include "running.glsl"

void main() {
  if (gl_WorkGroupID.x != 0u) {
    return;
  }
  uint lane = gl_LocalInvocationID.x;
  VALUE neutral = running_neutral();
  uint tiles = running_tiles();
  VALUE start = neutral;
  for (uint base = 0u; base < tiles; base += WORKGROUP_SIZE) {
    uint tile = base + lane;
    VALUE own = neutral;
    if (tile < tiles) {
      own = running_partial(tile);
    }
    VALUE chunk;
    VALUE before = running_workgroup(lane, own, neutral, chunk);
    if (tile < tiles) {
      running_keep(tile, combine(start, before));
    }
    start = combine(start, chunk);
  }
}

#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Second of three kernels of an exclusive prefix sum: turns the tiles' sums into the tiles' starts, in place.
// ONE workgroup; further ones do nothing.
//
//   root.count   elements of the whole input (not tiles)
//   ScanArguments, 32 bytes
//     0  uint64_t source           not used here
//     8  uint64_t partials         uint64_t[tiles], read and written
//    16  uint64_t target           not used here
//    24  uint64_t total            uint64_t[1], gets the sum of all elements (modulo 2^64); 0 = not wanted
//   Macros: ELEMENT (uint32_t or uint64_t), ELEMENT_BYTES, ITEMS
#include "abi.glsl"
#include "scan_tile.glsl"

void main() {
  if (gl_WorkGroupID.x != 0u) {
    return;
  }
  uint lane = gl_LocalInvocationID.x;
  uint tiles = scan_tiles(root.count);
  uint64_t start = 0ul;
  for (uint base = 0u; base < tiles; base += WORKGROUP_SIZE) {
    uint tile = base + lane;
    uint64_t sum = tile < tiles ? AS(partials, uint64_t)[tile] : 0ul;
    uint64_t chunk;
    uint64_t before = scan_workgroup(lane, sum, chunk);
    if (tile < tiles) {
      AS(partials, uint64_t)[tile] = start + before;
    }
    start += chunk;
  }
  if (lane == 0u && GIVEN(total)) {
    AS(total, uint64_t)[0] = start;
  }
}

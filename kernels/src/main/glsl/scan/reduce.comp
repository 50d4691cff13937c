#version 460
// SPDX-License-Identifier: Apache-2.0
//
// First of three kernels of an exclusive prefix sum (reduce, spine, tiles): sums each tile of the input.
// One tile is TILE = WORKGROUP_SIZE * ITEMS elements; any number of workgroups, each takes every n-th tile.
//
//   root.count   elements, 0..2^31
//   ScanArguments, 32 bytes
//     0  uint64_t source           ELEMENT[count]
//     8  uint64_t partials         uint64_t[tiles], written
//    16  uint64_t target           not used here
//    24  uint64_t total            not used here
//   Macros: ELEMENT (uint32_t or uint64_t), ELEMENT_BYTES, ITEMS
#include "abi.glsl"
#include "scan_tile.glsl"

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint tiles = scan_tiles(root.count);
  for (uint tile = gl_WorkGroupID.x; tile < tiles; tile += gl_NumWorkGroups.x) {
    uint64_t sum = 0ul;
    for (uint item = 0u; item < ITEMS; item++) {
      uint i = tile * TILE + item * WORKGROUP_SIZE + lane;
      if (i < root.count) {
        sum += uint64_t(AS(source, ELEMENT)[i]);
      }
    }
    scan_sums[lane] = sum;
    barrier();
    for (uint half_size = WORKGROUP_SIZE / 2u; half_size > 0u; half_size >>= 1) {
      if (lane < half_size) {
        scan_sums[lane] += scan_sums[lane + half_size];
      }
      barrier();
    }
    if (lane == 0u) {
      AS(partials, uint64_t)[tile] = scan_sums[0];
    }
    // The next tile overwrites scan_sums[0].
    barrier();
  }
}

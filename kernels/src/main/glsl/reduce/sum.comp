#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Sums each tile of 4,096 elements into one; run it again over its own output until one element is left.
// The order of additions depends on the count alone: invocation t of 256 adds elements t, t + 256, ... of its tile, then a
// radix-2 tree in shared memory joins the 256 sums. Floating point gives the same bits on every device and subgroup size.
//
//   root.count   elements, 0..2^31; 0 writes one zero
//   SumArguments, 16 bytes
//     0  uint64_t source      ELEMENT[count]
//     8  uint64_t target   SUM[max(1, ceil(count / 4096))], written; must not overlap the input
//   Macros: ELEMENT, ELEMENT_BYTES, SUM (of ELEMENT's kind), ZERO (of SUM). Integers wrap. Needs WORKGROUP_SIZE 256.
#include "abi.glsl"
#include "arguments.glsl"

const uint TILE_ELEMENTS = 4096u;

ARGUMENTS(SumArguments, ADDRESS(source) ADDRESS(target),)
INPUT_ARRAY(0, source, ELEMENT, ELEMENT_BYTES)
ARRAY(1, target, SUM, 8)

shared SUM sums[WORKGROUP_SIZE];

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint tiles = root.count == 0u ? 1u : (root.count - 1u) / TILE_ELEMENTS + 1u;
  for (uint tile = gl_WorkGroupID.x; tile < tiles; tile += gl_NumWorkGroups.x) {
    precise SUM sum = ZERO;
    uint end = min(root.count - tile * TILE_ELEMENTS, TILE_ELEMENTS);
    for (uint local = lane; local < end; local += WORKGROUP_SIZE) {
      sum = sum + SUM(AS(source, ELEMENT)[tile * TILE_ELEMENTS + local]);
    }
    sums[lane] = sum;
    barrier();
    for (uint reach = WORKGROUP_SIZE / 2u; reach > 0u; reach >>= 1) {
      if (lane < reach) {
        precise SUM joined = sums[lane] + sums[lane + reach];
        sums[lane] = joined;
      }
      barrier();
    }
    if (lane == 0u) {
      AS(target, SUM)[tile] = sums[0];
    }
    // The next tile overwrites sums[0].
    barrier();
  }
}

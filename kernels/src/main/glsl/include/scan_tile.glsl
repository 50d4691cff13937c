// SPDX-License-Identifier: Apache-2.0
//
// What the three scan kernels share. Macros: ELEMENT (uint32_t or uint64_t), ELEMENT_BYTES, ITEMS (elements per invocation).
//
//   ScanArguments, 32 bytes: uint64_t source, partials, target, total; each kernel says what it needs of them
//   uint scan_tiles(uint count)                                    tiles that cover count elements
//   uint64_t scan_workgroup(uint lane, uint64_t value, out uint64_t total)   exclusive prefix over a workgroup; every
//                                                                  invocation calls it; uses shared scan_sums
#ifndef KRONOS_SCAN_TILE_GLSL
#define KRONOS_SCAN_TILE_GLSL

#include "abi.glsl"
#include "arguments.glsl"

#define TILE (WORKGROUP_SIZE * ITEMS)

ARGUMENTS(ScanArguments, ADDRESS(source) ADDRESS(partials) ADDRESS(target) ADDRESS(total),)
ARRAY(0, source, ELEMENT, ELEMENT_BYTES)
ARRAY(1, partials, uint64_t, 8)
ARRAY(2, target, ELEMENT, ELEMENT_BYTES)
ARRAY(3, total, uint64_t, 8)

shared uint64_t scan_sums[WORKGROUP_SIZE];

uint scan_tiles(uint count) {
  return count == 0u ? 0u : (count - 1u) / TILE + 1u;
}

// Hillis and Steele's scan: log2(WORKGROUP_SIZE) steps, each between two barriers.
uint64_t scan_workgroup(uint lane, uint64_t value, out uint64_t total) {
  scan_sums[lane] = value;
  barrier();
  for (uint reach = 1u; reach < WORKGROUP_SIZE; reach <<= 1) {
    uint64_t left = lane >= reach ? scan_sums[lane - reach] : 0ul;
    barrier();
    scan_sums[lane] += left;
    barrier();
  }
  total = scan_sums[WORKGROUP_SIZE - 1u];
  uint64_t before = scan_sums[lane] - value;
  // The caller may scan again at once.
  barrier();
  return before;
}

#endif

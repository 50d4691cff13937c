#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Third of three kernels of an exclusive prefix sum: scans each tile from its start. In place is allowed
// (source == target). Sums wrap in ELEMENT; the 64-bit total of scan/spine tells whether they did.
//
//   root.count   elements, 0..2^31
//   root.flags   bit 0: also write the total to output[count], which then needs one element more
//   ScanArguments, 32 bytes
//     0  uint64_t source           ELEMENT[count]
//     8  uint64_t partials         uint64_t[tiles], the tiles' starts from scan/spine
//    16  uint64_t target           ELEMENT[count] or ELEMENT[count + 1], written
//    24  uint64_t total            not used here
//   Macros: ELEMENT (uint32_t or uint64_t), ELEMENT_BYTES, ITEMS
#include "abi.glsl"
#include "scan_tile.glsl"

// Padded by one element in eight, so that invocations reading ITEMS apart use different banks.
shared ELEMENT tile_elements[TILE + TILE / 8];

uint tile_slot(uint i) {
  return i + (i >> 3);
}

void tile_load(uint tile, uint lane) {
  for (uint item = 0u; item < ITEMS; item++) {
    uint local = item * WORKGROUP_SIZE + lane;
    uint i = tile * TILE + local;
    tile_elements[tile_slot(local)] = i < root.count ? AS(source, ELEMENT)[i] : ELEMENT(0);
  }
}

void tile_store(uint tile, uint lane, uint limit) {
  for (uint item = 0u; item < ITEMS; item++) {
    uint local = item * WORKGROUP_SIZE + lane;
    uint i = tile * TILE + local;
    if (i < limit) {
      AS(target, ELEMENT)[i] = tile_elements[tile_slot(local)];
    }
  }
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  bool with_total = (root.flags & 1u) != 0u;
  uint limit = root.count;
  uint tiles = scan_tiles(limit);
  for (uint tile = gl_WorkGroupID.x; tile < tiles; tile += gl_NumWorkGroups.x) {
    tile_load(tile, lane);
    barrier();
    uint64_t sum = 0ul;
    for (uint item = 0u; item < ITEMS; item++) {
      sum += uint64_t(tile_elements[tile_slot(lane * ITEMS + item)]);
    }
    uint64_t all;
    uint64_t start = AS(partials, uint64_t)[tile];
    uint64_t running = start + scan_workgroup(lane, sum, all);
    for (uint item = 0u; item < ITEMS; item++) {
      uint slot = tile_slot(lane * ITEMS + item);
      ELEMENT value = tile_elements[slot];
      tile_elements[slot] = ELEMENT(running);
      running += uint64_t(value);
    }
    barrier();
    tile_store(tile, lane, limit);
    if (with_total && tile + 1u == tiles && lane == 0u) {
      AS(target, ELEMENT)[limit] = ELEMENT(start + all);
    }
    barrier();
  }
  if (with_total && tiles == 0u && kronos_thread() == 0u) {
    AS(target, ELEMENT)[0] = ELEMENT(0);
  }
}

#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Exclusive prefix sum in one pass: each tile publishes its sum, then adds up what the tiles before it published
// until it finds one whose prefix is known. Decoupled look-back of Merrill and Garland (2016) with the fallback of
// Smith, Levien and Owens (2025): a subgroup that has waited in vain sums the tile it waits for itself, so it ends
// without any promise that other workgroups go on. Tiles are taken by an atomic ticket, in their order, so that a
// tile only ever looks at tiles that were taken before it. Nobody waits for another subgroup but at barriers.
//
// A tile stays in registers, from the only time it is read to when its sums are written: a subgroup holds ITEMS rows
// of as many neighbours as it has invocations. The first subgroup looks back, as many tiles at a time as it has
// invocations, while the others scan their rows. Measured on an H200 with 2^27 random numbers of 64 bits: 719 us. A
// first form took 741, and 817 where states were read by atomicOr and written by atomicExchange; 1,296 a kernel whose
// tiles went through shared memory and whose subgroups looked back together, between barriers.
//
// A tile's sum is published as scan_state.glsl says. Narrow elements are held by fours, read and written together: a tile
// costs what it costs, however wide its elements are. 2^28 numbers of 32 bits took 1,064 us in tiles of 2048.
//
//   root.count   elements, 0..2^31
//   root.flags   bit 0: also write the total to output[count], which then needs one element more
//                bit 1: never use what others published, for tests of the fallback
//                bit 2: source and target are multiples of 16 bytes
//   ScanArguments, 32 bytes
//     0  uint64_t source           ELEMENT[count]
//     8  uint64_t partials         uint64_t[2 + ELEMENT_BYTES / 4 * tiles], all 0 before; the first is the ticket
//    16  uint64_t target           ELEMENT[count] or ELEMENT[count + 1], written; must not overlap source
//    24  uint64_t total            not used here
//   Macros: ELEMENT (uint32_t or uint64_t), ELEMENT_BYTES, ITEMS, NEIGHBOURS (1, or 4 of uint32_t), and SUBGROUP as
//           scan_subgroup.glsl says
#include "abi.glsl"
#include "scan_tile.glsl"
#include "scan_subgroup.glsl"

#define STATE ELEMENT
#define STATE_BYTES ELEMENT_BYTES
#include "scan_state.glsl"

const uint ROWS = ITEMS / NEIGHBOURS;

#if NEIGHBOURS == 4
INPUT_ARRAY(0, source, uvec4, 16)
ARRAY(2, target, uvec4, 16)
#endif

shared ELEMENT tile_start;
shared uint ticket;

// Sums a tile by one subgroup. All tiles before a taken one are whole.
ELEMENT sum_tile(uint tile) {
  ELEMENT sum = ELEMENT(0);
  for (uint local = gl_SubgroupInvocationID; local < TILE; local += ITEMS * SUBGROUP) {
    [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
      sum += AS(source, ELEMENT)[tile * TILE + local + item * SUBGROUP];
    }
  }
  return subgroup_sum(sum);
}

#include "scan_back.glsl"

// The first element that an invocation holds of a tile; those of the next row are SUBGROUP * NEIGHBOURS further.
uint first_of(uint tile) {
  uint row = gl_SubgroupID * ROWS * SUBGROUP + gl_SubgroupInvocationID;
  return tile * TILE + row * NEIGHBOURS;
}

uint place_of(uint first, uint item) {
  return first + item / NEIGHBOURS * SUBGROUP * NEIGHBOURS + item % NEIGHBOURS;
}

void hold(uint first, bool straight, out ELEMENT held[ITEMS]) {
  if (straight) {
#if NEIGHBOURS == 4
    [[unroll]] for (uint item = 0u; item < ITEMS; item += 4u) {
      uvec4 words = AS(source, uvec4)[place_of(first, item) / 4u];
      [[unroll]] for (uint i = 0u; i < 4u; i++) {
        held[item + i] = words[i];
      }
    }
#else
    [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
      held[item] = AS(source, ELEMENT)[place_of(first, item)];
    }
#endif
    return;
  }
  [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
    uint i = place_of(first, item);
    held[item] = ELEMENT(0);
    if (i < root.count) {
      held[item] = AS(source, ELEMENT)[i];
    }
  }
}

void release(uint first, bool straight, ELEMENT held[ITEMS]) {
  if (straight) {
#if NEIGHBOURS == 4
    [[unroll]] for (uint item = 0u; item < ITEMS; item += 4u) {
      AS(target, uvec4)[place_of(first, item) / 4u] =
          uvec4(held[item], held[item + 1u], held[item + 2u], held[item + 3u]);
    }
#else
    [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
      AS(target, ELEMENT)[place_of(first, item)] = held[item];
    }
#endif
    return;
  }
  [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
    uint i = place_of(first, item);
    if (i < root.count) {
      AS(target, ELEMENT)[i] = held[item];
    }
  }
}

void scan_tile(uint tile, uint tiles) {
  uint first = first_of(tile);
  bool whole = tile + 1u < tiles;
  bool straight = whole && (NEIGHBOURS == 1 || (root.flags & 4u) != 0u);
  ELEMENT held[ITEMS];
  ELEMENT sum = ELEMENT(0);
  hold(first, straight, held);
  [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
    sum += held[item];
  }
  sum = subgroup_sum(sum);
  if (gl_SubgroupInvocationID == 0u) {
    subgroup_sums[gl_SubgroupID] = sum;
  }
  barrier();
  if (gl_SubgroupID == 0u) {
    ELEMENT all = start_subgroups();
    bool speaks = gl_SubgroupInvocationID == 0u;
    if (speaks) {
      publish(tile, all, tile == 0u ? WHOLE_SUM : OWN_SUM);
    }
    ELEMENT start = look_back(tile);
    if (speaks && tile > 0u) {
      publish(tile, start + all, WHOLE_SUM);
    }
    if (speaks) {
      tile_start = start;
    }
    if (speaks && !whole && (root.flags & 1u) != 0u) {
      AS(target, ELEMENT)[root.count] = start + all;
    }
  }
  ELEMENT before = ELEMENT(0);
  [[unroll]] for (uint item = 0u; item < ITEMS; item += NEIGHBOURS) {
    ELEMENT own = held[item];
    [[unroll]] for (uint i = 1u; i < NEIGHBOURS; i++) {
      own += held[item + i];
    }
    ELEMENT running = before + subgroup_running(own);
    before = subgroup_last(running);
    running -= own;
    [[unroll]] for (uint i = 0u; i < NEIGHBOURS; i++) {
      ELEMENT value = held[item + i];
      held[item + i] = running;
      running += value;
    }
  }
  barrier();
  ELEMENT start = tile_start + subgroup_starts[gl_SubgroupID];
  [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
    held[item] += start;
  }
  release(first, straight, held);
}

void main() {
  uint tiles = scan_tiles(root.count);
  // As many tickets are taken as there are tiles; which they are is open.
  uint workgroups = gl_NumWorkGroups.x;
  uint rounds = tiles / workgroups + (gl_WorkGroupID.x < tiles % workgroups ? 1u : 0u);
  for (uint round_number = 0u; round_number < rounds; round_number++) {
    if (gl_LocalInvocationID.x == 0u) {
      ticket = take_ticket();
    }
    barrier();
    scan_tile(ticket, tiles);
  }
  if ((root.flags & 1u) != 0u && tiles == 0u && kronos_thread() == 0u) {
    AS(target, ELEMENT)[0] = ELEMENT(0);
  }
}

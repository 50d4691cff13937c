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
// A tile's state is its sum beside a mark in the high half of a 64-bit word (1: the tile's own sum, 2: the sum of all
// up to and with it). Of 64-bit sums there are two words, low half first, and both marks must agree, so that no order
// of memory accesses is relied on. Relaxed atomics do, without use_vulkan_memory_model: with it invocations saw values
// of shared memory from before a barrier on lavapipe 22.3.
//
//   root.count   elements, 0..2^31
//   root.flags   bit 0: also write the total to output[count], which then needs one element more
//                bit 1: never use what others published, for tests of the fallback
//   ScanArguments, 32 bytes
//     0  uint64_t source           ELEMENT[count]
//     8  uint64_t partials         uint64_t[2 + ELEMENT_BYTES / 4 * tiles], all 0 before; the first is the ticket
//    16  uint64_t target           ELEMENT[count] or ELEMENT[count + 1], written; must not overlap source
//    24  uint64_t total            not used here
//   Macros: ELEMENT (uint32_t or uint64_t), ELEMENT_BYTES, ITEMS, and SUBGROUP as scan_subgroup.glsl says
#extension GL_KHR_memory_scope_semantics : require
#include "abi.glsl"
#include "scan_tile.glsl"
#include "scan_subgroup.glsl"

const uint MOST_SPINS = 128u;
const uint64_t LOW_HALF = 0xFFFFFFFFul;
const uint NOTHING = 0u;
const uint OWN_SUM = 1u;
const uint WHOLE_SUM = 2u;
#define SUBGROUPS (WORKGROUP_SIZE / SUBGROUP)

shared ELEMENT subgroup_sums[MOST_SUBGROUPS];
shared ELEMENT subgroup_starts[MOST_SUBGROUPS];
shared ELEMENT tile_start;
shared uint ticket;

uint64_t state_load(uint i) {
  return atomicLoad(AS(partials, uint64_t)[i], gl_ScopeDevice, gl_StorageSemanticsNone, gl_SemanticsRelaxed);
}

void state_store(uint i, uint64_t word) {
  atomicStore(AS(partials, uint64_t)[i], word, gl_ScopeDevice, gl_StorageSemanticsNone, gl_SemanticsRelaxed);
}

void publish(uint tile, ELEMENT sum, uint mark) {
  uint64_t high = uint64_t(mark) << 32;
#if ELEMENT_BYTES == 8
  state_store(2u + 2u * tile, high | (sum & LOW_HALF));
  state_store(3u + 2u * tile, high | (sum >> 32));
#else
  state_store(2u + tile, high | sum);
#endif
}

// Returns the mark of what a tile published.
uint published(uint tile, out ELEMENT sum) {
#if ELEMENT_BYTES == 8
  uint64_t low = state_load(2u + 2u * tile);
  uint64_t high = state_load(3u + 2u * tile);
  sum = (low & LOW_HALF) | (high << 32);
  return (low >> 32) == (high >> 32) ? uint(low >> 32) : NOTHING;
#else
  uint64_t word = state_load(2u + tile);
  sum = ELEMENT(word & LOW_HALF);
  return uint(word >> 32);
#endif
}

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

// Returns the sum of all tiles before one; all invocations of one subgroup call it.
ELEMENT look_back(uint tile) {
  uint lane = gl_SubgroupInvocationID;
  bool alone = (root.flags & 2u) != 0u;
  ELEMENT sum = ELEMENT(0);
  uint next = tile;
  uint spins = 0u;
  while (next > 0u) {
    // Before the first tile there is nothing, which is a whole sum.
    uint mark = WHOLE_SUM;
    ELEMENT found = ELEMENT(0);
    if (lane < next) {
      mark = alone ? NOTHING : published(next - 1u - lane, found);
    }
    uint whole = subgroup_first(mark == WHOLE_SUM);
    uint missing = subgroup_first(mark == NOTHING);
    uint taken = whole < missing ? whole + 1u : missing;
    sum += subgroup_sum(lane < taken ? found : ELEMENT(0));
    next = whole < missing ? 0u : next - taken;
    spins = taken > 0u ? 0u : spins + 1u;
    if (next > 0u && (alone || spins > MOST_SPINS)) {
      next--;
      sum += sum_tile(next);
    }
  }
  return sum;
}

// Turns the subgroups' sums into what is before each of them; returns the sum of all. One subgroup calls it.
ELEMENT start_subgroups() {
  ELEMENT all = ELEMENT(0);
  for (uint first = 0u; first < SUBGROUPS; first += SUBGROUP) {
    uint place = first + gl_SubgroupInvocationID;
    ELEMENT sum = ELEMENT(0);
    if (place < SUBGROUPS) {
      sum = subgroup_sums[place];
    }
    ELEMENT running = subgroup_running(sum);
    if (place < SUBGROUPS) {
      subgroup_starts[place] = all + running - sum;
    }
    all += subgroup_last(running);
  }
  return all;
}

void scan_tile(uint tile, uint tiles) {
  uint first = tile * TILE + gl_SubgroupID * SUBGROUP * ITEMS + gl_SubgroupInvocationID;
  bool whole = tile + 1u < tiles;
  ELEMENT held[ITEMS];
  ELEMENT sum = ELEMENT(0);
  if (whole) {
    [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
      held[item] = AS(source, ELEMENT)[first + item * SUBGROUP];
    }
  } else {
    [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
      uint i = first + item * SUBGROUP;
      held[item] = i < root.count ? AS(source, ELEMENT)[i] : ELEMENT(0);
    }
  }
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
  [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
    ELEMENT running = before + subgroup_running(held[item]);
    held[item] = running - held[item];
    before = subgroup_last(running);
  }
  barrier();
  ELEMENT start = tile_start + subgroup_starts[gl_SubgroupID];
  if (whole) {
    [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
      AS(target, ELEMENT)[first + item * SUBGROUP] = start + held[item];
    }
  } else {
    [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
      if (first + item * SUBGROUP < root.count) {
        AS(target, ELEMENT)[first + item * SUBGROUP] = start + held[item];
      }
    }
  }
}

void main() {
  uint tiles = scan_tiles(root.count);
  // As many tickets are taken as there are tiles; which they are is open.
  uint workgroups = gl_NumWorkGroups.x;
  uint rounds = tiles / workgroups + (gl_WorkGroupID.x < tiles % workgroups ? 1u : 0u);
  for (uint round_number = 0u; round_number < rounds; round_number++) {
    if (gl_LocalInvocationID.x == 0u) {
      ticket = uint(atomicAdd(AS(partials, uint64_t)[0], 1ul));
    }
    barrier();
    scan_tile(ticket, tiles);
  }
  if ((root.flags & 1u) != 0u && tiles == 0u && kronos_thread() == 0u) {
    AS(target, ELEMENT)[0] = ELEMENT(0);
  }
}

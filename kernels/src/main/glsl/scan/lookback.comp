#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Exclusive prefix sum in one pass: each tile publishes its sum, then adds up what the tiles before it published
// until it finds one whose prefix is known. Decoupled look-back of Merrill and Garland (2016) with the fallback of
// Smith, Levien and Owens (2025): a workgroup that has waited in vain sums the tile it waits for itself, so it ends
// without any promise that other workgroups go on. Tiles are taken by an atomic ticket, in their order, so that a
// tile only ever looks at tiles that were taken before it. Nobody waits for another subgroup but at barriers.
//
// A tile's state is two 64-bit words, each half of the sum beside a mark in the high half (1: the tile's own sum,
// 2: the sum of all up to and with it). Both marks must agree, so that no order of memory accesses is relied on.
//
//   root.count   elements, 0..2^31
//   root.flags   bit 0: also write the total to output[count], which then needs one element more
//                bit 1: never use what others published, for tests of the fallback
//   ScanArguments, 32 bytes
//     0  uint64_t source           ELEMENT[count]
//     8  uint64_t partials         uint64_t[1 + 2 * tiles], all 0 before
//    16  uint64_t target           ELEMENT[count] or ELEMENT[count + 1], written; must not overlap source
//    24  uint64_t total            not used here
//   Macros: ELEMENT (uint32_t or uint64_t), ELEMENT_BYTES, ITEMS
#include "abi.glsl"
#include "scan_tile.glsl"

const uint WINDOW = 32u;
const uint MOST_SPINS = 16u;
const uint64_t LOW_HALF = 0xFFFFFFFFul;
const uint OWN_SUM = 1u;
const uint WHOLE_SUM = 2u;

// Padded by one element in eight, so that invocations reading ITEMS apart use different banks.
shared ELEMENT tile_elements[TILE + TILE / 8];
shared uint64_t window_sums[WINDOW];
shared uint window_marks[WINDOW];
shared uint64_t look_sum;
shared uint look_next;
shared uint look_spins;
shared uint ticket;

uint tile_slot(uint i) {
  return i + (i >> 3);
}

void publish(uint tile, uint64_t sum, uint mark) {
  uint64_t high = uint64_t(mark) << 32;
  atomicExchange(AS(partials, uint64_t)[1u + 2u * tile], high | (sum & LOW_HALF));
  atomicExchange(AS(partials, uint64_t)[2u + 2u * tile], high | (sum >> 32));
}

void read_window(uint lane, uint next) {
  if (lane >= WINDOW) {
    return;
  }
  window_marks[lane] = 0u;
  if (lane < next && (root.flags & 2u) == 0u) {
    uint tile = next - 1u - lane;
    uint64_t low = atomicOr(AS(partials, uint64_t)[1u + 2u * tile], 0ul);
    uint64_t high = atomicOr(AS(partials, uint64_t)[2u + 2u * tile], 0ul);
    if ((low >> 32) == (high >> 32)) {
      window_marks[lane] = uint(low >> 32);
      window_sums[lane] = (low & LOW_HALF) | (high << 32);
    }
  }
}

// Adds what is known, from the nearest tile on, up to the first that is not.
void take_window(uint next) {
  uint left = next;
  for (uint place = 0u; place < WINDOW && left > 0u; place++) {
    uint mark = window_marks[place];
    if (mark == 0u) {
      break;
    }
    look_sum += window_sums[place];
    left = mark == WHOLE_SUM ? 0u : left - 1u;
  }
  look_spins = left == next ? look_spins + 1u : 0u;
  look_next = left;
}

// Every invocation calls it; the sum is in scan_sums[0].
void sum_tile(uint lane, uint tile) {
  uint64_t sum = 0ul;
  for (uint item = 0u; item < ITEMS; item++) {
    sum += uint64_t(AS(source, ELEMENT)[tile * TILE + item * WORKGROUP_SIZE + lane]);
  }
  scan_sums[lane] = sum;
  barrier();
  for (uint half_size = WORKGROUP_SIZE / 2u; half_size > 0u; half_size >>= 1) {
    if (lane < half_size) {
      scan_sums[lane] += scan_sums[lane + half_size];
    }
    barrier();
  }
}

// Returns the sum of all tiles before one; every invocation calls it.
uint64_t look_back(uint lane, uint tile) {
  if (lane == 0u) {
    look_sum = 0ul;
    look_next = tile;
    look_spins = 0u;
  }
  barrier();
  uint next = look_next;
  while (next > 0u) {
    read_window(lane, next);
    barrier();
    if (lane == 0u) {
      take_window(next);
    }
    barrier();
    next = look_next;
    bool in_vain = look_spins >= MOST_SPINS || (root.flags & 2u) != 0u;
    if (next > 0u && in_vain) {
      // All tiles before a taken one are whole.
      sum_tile(lane, next - 1u);
      next--;
      if (lane == 0u) {
        look_sum += scan_sums[0];
        look_next = next;
        look_spins = 0u;
      }
    }
    // The next window overwrites marks, and the next sum scan_sums[0].
    barrier();
  }
  uint64_t start = look_sum;
  barrier();
  return start;
}

void tile_load(uint tile, uint lane) {
  for (uint item = 0u; item < ITEMS; item++) {
    uint local = item * WORKGROUP_SIZE + lane;
    uint i = tile * TILE + local;
    tile_elements[tile_slot(local)] = i < root.count ? AS(source, ELEMENT)[i] : ELEMENT(0);
  }
}

void tile_store(uint tile, uint lane) {
  for (uint item = 0u; item < ITEMS; item++) {
    uint local = item * WORKGROUP_SIZE + lane;
    uint i = tile * TILE + local;
    if (i < root.count) {
      AS(target, ELEMENT)[i] = tile_elements[tile_slot(local)];
    }
  }
}

void scan_tile(uint tile, uint lane, uint tiles) {
  tile_load(tile, lane);
  barrier();
  uint64_t sum = 0ul;
  for (uint item = 0u; item < ITEMS; item++) {
    sum += uint64_t(tile_elements[tile_slot(lane * ITEMS + item)]);
  }
  uint64_t all;
  uint64_t before = scan_workgroup(lane, sum, all);
  if (lane == 0u) {
    publish(tile, all, tile == 0u ? WHOLE_SUM : OWN_SUM);
  }
  uint64_t start = look_back(lane, tile);
  if (lane == 0u && tile > 0u) {
    publish(tile, start + all, WHOLE_SUM);
  }
  uint64_t running = start + before;
  for (uint item = 0u; item < ITEMS; item++) {
    uint slot = tile_slot(lane * ITEMS + item);
    ELEMENT value = tile_elements[slot];
    tile_elements[slot] = ELEMENT(running);
    running += uint64_t(value);
  }
  barrier();
  tile_store(tile, lane);
  if ((root.flags & 1u) != 0u && tile + 1u == tiles && lane == 0u) {
    AS(target, ELEMENT)[root.count] = ELEMENT(start + all);
  }
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint tiles = scan_tiles(root.count);
  // As many rounds for each workgroup as take all tiles together: no invocation loops for long.
  uint rounds = tiles == 0u ? 0u : (tiles - 1u) / gl_NumWorkGroups.x + 1u;
  for (uint round_number = 0u; round_number < rounds; round_number++) {
    if (lane == 0u) {
      ticket = uint(atomicAdd(AS(partials, uint64_t)[0], 1ul));
    }
    barrier();
    uint tile = ticket;
    if (tile < tiles) {
      scan_tile(tile, lane, tiles);
    }
    // The next round overwrites the ticket and the tile.
    barrier();
  }
  if ((root.flags & 1u) != 0u && tiles == 0u && kronos_thread() == 0u) {
    AS(target, ELEMENT)[0] = ELEMENT(0);
  }
}

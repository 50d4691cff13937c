#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Running sum of floats in one pass, by looking back as lookback does, in the order of additions that running_rows.glsl
// says: who finds which sums published decides on nothing. What is before a tile is what is before its chunk of 32 tiles
// and the sums of the chunk's tiles before it, one after the other; what is before a chunk is found from the nearest
// chunk before that has a whole sum, by adding the chunks between them one after the other. A chunk's last tile publishes
// the chunk's sum and then the sum of all up to and with it. Only chunks form a chain, so that it is short: 2^28 values
// have 2048 of them.
//
// A subgroup that has waited in vain sums the tiles it waits for itself, in the same order, so it ends without any promise
// that other workgroups go on.
//
//   root.count   values, 0..2^31
//   root.flags   bits 0 and 2 as running_rows.glsl says
//                bit 1: never use what others published, for tests of the fallback
//   RunningArguments, 32 bytes
//     0  uint64_t source           uint32_t[count], bits of the values
//     8  uint64_t partials         uint64_t[2 + 2 * (tiles + chunks)], all 0 before; the first is the ticket
//    16  uint64_t target           uint32_t[count], written; must not overlap source
//    24  uint64_t neutral          not used here
//   Macros: KIND 3 and OPERATION 0 of running.glsl, SHUFFLES of running_rows.glsl: 1 takes subgroups of 32 or 64
#include "abi.glsl"
#include "running_rows.glsl"

#define ELEMENT uint64_t
#define ELEMENT_BYTES 8
#define STATE uint64_t
#define STATE_BYTES 8
#include "scan_state.glsl"
#include "scan_subgroup.glsl"

shared double tile_start;
shared uint ticket;

double from_lane(double value, uint lane) {
  return packDouble2x32(subgroupShuffle(unpackDouble2x32(value), lane));
}

bool alone() {
  return (root.flags & 2u) != 0u;
}

uint found(uint place, out double sum) {
  uint64_t bits;
  uint mark = published(place, bits);
  sum = f64_of(bits);
  return mark;
}

// Sums a tile by one subgroup. All tiles before a taken one are whole.
double sum_tile(uint tile) {
  double sum = 0.0lf;
  double band = 0.0lf;
  for (uint first = 0u; first < ROWS * BANDS; first += SUBGROUP) {
    uint row = first + gl_SubgroupInvocationID;
    double own = 0.0lf;
    if (row < ROWS * BANDS) {
      own = rows_total(tile, row);
    }
    for (uint i = 0u; i < SUBGROUP && first + i < ROWS * BANDS; i++) {
      band = combine(band, from_lane(own, i));
      if ((first + i) % ROWS == ROWS - 1u) {
        sum = combine(sum, band);
        band = 0.0lf;
      }
    }
  }
  return sum;
}

// Adds tiles of a chunk, the first ones, to what is before them; waits for what is missing.
double add_tiles(double sum, uint first, uint count) {
  uint lane = gl_SubgroupInvocationID;
  for (uint base = 0u; base < count; base += SUBGROUP) {
    double own = 0.0lf;
    bool missing = base + lane < count;
    uint spins = 0u;
    uint waiting = 0u;
    do {
      if (missing && !alone()) {
        missing = found(first + base + lane, own) == NOTHING;
      }
      waiting = subgroup_first(missing);
      if (waiting < SUBGROUP && (alone() || spins >= MOST_SPINS)) {
        double summed = sum_tile(first + base + waiting);
        own = lane == waiting ? summed : own;
        missing = missing && lane != waiting;
      }
      spins++;
    } while (waiting < SUBGROUP);
    // Zeros at the end change nothing: no sum is a negative zero.
    [[unroll]] for (uint i = 0u; i < CHUNK; i++) {
      if (i < SUBGROUP) {
        sum = combine(sum, from_lane(own, i));
      }
    }
  }
  return sum;
}

// Goes back to the nearest whole sum, however far, and adds the chunks behind it from their tiles.
double add_chunks(uint tiles, uint chunk) {
  double sum = 0.0lf;
  uint next = alone() ? 0u : chunk;
  while (next > 0u) {
    double own;
    uint mark = subgroupShuffle(found(tiles + next - 1u, own), 0u);
    if (mark == WHOLE_SUM) {
      sum = from_lane(own, 0u);
      break;
    }
    next--;
  }
  for (; next < chunk; next++) {
    sum = combine(sum, add_tiles(0.0lf, next * CHUNK, CHUNK));
  }
  return sum;
}

double before_chunk(uint tiles, uint chunk) {
  uint lane = gl_SubgroupInvocationID;
  for (uint spins = 0u; spins < MOST_SPINS && !alone(); spins++) {
    // Before the first chunk there is nothing, which is a whole sum.
    uint mark = WHOLE_SUM;
    double own = 0.0lf;
    if (lane < chunk) {
      mark = found(tiles + chunk - 1u - lane, own);
    }
    uint whole = subgroup_first(mark == WHOLE_SUM);
    if (whole < subgroup_first(mark == NOTHING)) {
      double sum = from_lane(own, whole);
      for (uint i = whole; i > 0u; i--) {
        sum = combine(sum, from_lane(own, i - 1u));
      }
      return sum;
    }
  }
  return add_chunks(tiles, chunk);
}

// Returns what is before a tile, and publishes its sum; all invocations of one subgroup call it.
double look_back(uint tile, uint tiles, double own) {
  bool speaks = gl_SubgroupInvocationID == 0u;
  if (speaks) {
    publish(tile, f64_bits(own), OWN_SUM);
  }
  uint chunk = tile / CHUNK;
  uint place = tile % CHUNK;
  double before = add_tiles(0.0lf, tile - place, place);
  bool ends = speaks && place == CHUNK - 1u;
  double all = combine(before, own);
  if (ends) {
    publish(tiles + chunk, f64_bits(all), chunk == 0u ? WHOLE_SUM : OWN_SUM);
  }
  double start = before_chunk(tiles, chunk);
  if (ends && chunk > 0u) {
    publish(tiles + chunk, f64_bits(combine(start, all)), WHOLE_SUM);
  }
  return combine(start, before);
}

void main() {
  uint tiles = running_tiles();
  // As many tickets are taken as there are tiles; which they are is open.
  uint workgroups = gl_NumWorkGroups.x;
  uint rounds = tiles / workgroups + (gl_WorkGroupID.x < tiles % workgroups ? 1u : 0u);
  for (uint round_number = 0u; round_number < rounds; round_number++) {
    if (gl_LocalInvocationID.x == 0u) {
      ticket = take_ticket();
    }
    barrier();
    uint tile = ticket;
    rows_hold(tile);
    double own = rows_sum();
    if (gl_SubgroupID == 0u) {
      double start = look_back(tile, tiles, own);
      if (gl_SubgroupInvocationID == 0u) {
        tile_start = start;
      }
    }
    barrier();
    rows_release(tile, tile_start);
  }
}

#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Running sum of floats in one pass, by looking back as lookback does, in the order of additions that running_rows.glsl
// says: who finds which sums published decides on nothing. A tile's first subgroup reads the sums of its chunk's tiles
// before it, while the second finds what is before the chunk: from the nearest chunk that has a whole sum it adds the
// chunks between them one after the other. A chunk's last tile publishes the chunk's sum and then the sum of all up to
// and with it. Only chunks form a chain, so that it is short: 2^28 values have 1024 of them.
//
// A prototype of this shape took 799 us for 2^28 numbers on an H200, 907 in workgroups of 256 with twice the rows and 997
// of 1024; an earlier one, which looked back by one subgroup and converted otherwise, 904, and 672 without looking back.
//
// A subgroup that has waited in vain for MOST_WAITS turns says so in the second word of the partials and goes on with what
// it has, so that it ends without any promise that other workgroups go on; repair_rows then computes all results. Kernels
// that themselves summed what was missing took 876 to 1131 us on that H200; one of them without those sums took 810.
//
// A workgroup takes one tile, by a ticket; all tiles may be taken by one dispatch or by several on the same partials.
//
//   workgroups   of all dispatches together as many as tiles
//   root.count   values, 0..2^31
//   root.flags   bits 0 and 2 as running_rows.glsl says
//                bit 1: never use what others published, for tests of repair_rows
//   RunningArguments, 32 bytes
//     0  uint64_t source           uint32_t[count], bits of the values
//     8  uint64_t partials         uint64_t[2 + 2 * (tiles + chunks)], all 0 before; the first is the ticket, the second not 0
//                                  afterwards where results may be wrong
//    16  uint64_t target           uint32_t[count], written; must not overlap source
//    24  uint64_t neutral          not used here
//   Macros: KIND 3 and OPERATION 0 of running.glsl, SHUFFLES (1 takes subgroups of 32 or 64) and WORKGROUP_SIZE of
//           running_rows.glsl, MOST_WAITS
#include "abi.glsl"
#include "running_rows.glsl"

#define ELEMENT uint64_t
#define ELEMENT_BYTES 8
#define STATE uint64_t
#define STATE_BYTES 8
#include "scan_state.glsl"
#include "scan_subgroup.glsl"

shared double in_chunk;
shared double chunk_sum;
shared double chunk_start;
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

void give_up() {
  state_store(1u, 1ul);
}

// The sum of a tile in each invocation of a subgroup; 0 from `end` on. Waits for what is missing.
double find_tiles(uint tile, uint end) {
  bool missing = tile < end;
  double own = 0.0lf;
  uint waits = alone() ? MOST_WAITS : 0u;
  while (subgroup_first(missing) < SUBGROUP) {
    if (waits >= MOST_WAITS) {
      give_up();
      break;
    }
    if (missing) {
      missing = found(tile, own) == NOTHING;
    }
    waits++;
  }
  return own;
}

// What a chunk's tiles have before one of them, whose sum is known; gives the sum of all, where it is the last one.
double before_tile(uint first, uint place, double own, out double all) {
  uint lane = gl_SubgroupInvocationID;
#if SHUFFLES
  double sum = find_tiles(first + lane, first + place);
  sum = scan_lanes(lane == place ? own : sum, CHUNK);
  all = from_lane(sum, CHUNK - 1u);
  return from_lane(before_lane(sum), place);
#else
  double sums[ROW_QUADS];
  for (uint base = 0u; base < CHUNK; base += SUBGROUP) {
    double sum = find_tiles(first + base + lane, first + place);
    sum = base + lane == place ? own : sum;
    for (uint i = 0u; i < SUBGROUP; i++) {
      sums[base + i] = from_lane(sum, i);
    }
  }
  scan_serially(sums);
  all = sums[CHUNK - 1u];
  double before = 0.0lf;
  if (place > 0u) {
    before = sums[place - 1u];
  }
  return before;
#endif
}

double before_chunk(uint tiles, uint chunk) {
  uint lane = gl_SubgroupInvocationID;
  for (uint waits = 0u; waits < MOST_WAITS && !alone(); waits++) {
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
  give_up();
  return 0.0lf;
}

void main() {
  uint tiles = running_tiles();
  if (gl_LocalInvocationID.x == 0u) {
    ticket = take_ticket();
  }
  barrier();
  uint tile = ticket;
  uint chunk = tile / CHUNK;
  uint place = tile % CHUNK;
  bool speaks = gl_SubgroupInvocationID == 0u;
  rows_hold(tile);
  double own = rows_sum();
  if (gl_SubgroupID == 0u) {
    if (speaks) {
      publish(tile, f64_bits(own), OWN_SUM);
    }
    double all;
    double before = before_tile(tile - place, place, own, all);
    if (speaks && place == CHUNK - 1u) {
      publish(tiles + chunk, f64_bits(all), chunk == 0u ? WHOLE_SUM : OWN_SUM);
    }
    if (speaks) {
      in_chunk = before;
      chunk_sum = all;
    }
  } else if (gl_SubgroupID == 1u) {
    double start = before_chunk(tiles, chunk);
    if (speaks) {
      chunk_start = start;
    }
  }
  barrier();
  if (speaks && gl_SubgroupID == 0u && place == CHUNK - 1u && chunk > 0u) {
    publish(tiles + chunk, f64_bits(combine(chunk_start, chunk_sum)), WHOLE_SUM);
  }
  rows_release(tile, combine(chunk_start, in_chunk));
}

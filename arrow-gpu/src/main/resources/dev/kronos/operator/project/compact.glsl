// SPDX-License-Identifier: Apache-2.0
//
// Writes the rows that pass all filters, in order, in one pass: values are read once, stay in registers while their tile
// finds its place as in scan/lookback.comp, and go there. A subgroup holds K_ROWS rows of as many neighbours as it has
// invocations. Values, of several columns, need no room in shared memory.
//
//   root.count   rows, 1..2^31 - 1
//   root.flags   bit 1: never use what others published, for tests of the fallback
//   k_args.partials   uint64_t[2 + tiles], all 0 before, as scan_state.glsl says
//
// Macros: K_READ_ALL, K_READ_ONE   declare and read what the filters and outputs need of K_ROWS rows, of `row`
//         K_TEST_ALL, K_TEST_ONE   set k_selected, which is false before, where row j, `row`, passes; count it or not
//         K_STORE                  stores row j at k_position

#define ELEMENT uint32_t
#define ELEMENT_BYTES 4
#define STATE ELEMENT
#define STATE_BYTES ELEMENT_BYTES
#define AS(array, type) BufferU64(k_args.array).v
#include "scan_subgroup.glsl"
#include "scan_state.glsl"

const uint K_TILE = WORKGROUP_SIZE * K_ROWS;

shared uint k_tileStart;
shared uint k_ticket;

// Counts the rows of a tile that pass, by one subgroup. All tiles before a taken one are whole.
ELEMENT sum_tile(uint tile) {
  ELEMENT passed = 0u;
  for (uint local = gl_SubgroupInvocationID; local < K_TILE; local += SUBGROUP) {
    uint row = tile * K_TILE + local;
    K_READ_ONE
    k_selected = false;
    K_TEST_ONE
    passed += uint(k_selected);
  }
  return subgroup_sum(passed);
}

#include "scan_back.glsl"

// Finds where a tile of so many selected rows begins in the output; the first subgroup calls it.
void k_findPlace(uint tile) {
  uint all = start_subgroups();
  bool speaks = gl_SubgroupInvocationID == 0u;
  if (speaks) {
    publish(tile, all, tile == 0u ? WHOLE_SUM : OWN_SUM);
  }
  uint start = look_back(tile);
  if (speaks && tile > 0u) {
    publish(tile, start + all, WHOLE_SUM);
  }
  if (speaks) {
    k_tileStart = start;
  }
}

void k_compactTile(uint tile) {
  uint first = tile * K_TILE + gl_SubgroupID * K_ROWS * SUBGROUP + gl_SubgroupInvocationID;
  K_READ_ALL
  uint selected = 0u;
  uint passed = 0u;
  [[unroll]] for (uint j = 0u; j < K_ROWS; j++) {
    uint row = first + j * SUBGROUP;
    k_selected = false;
    if (row < root.count) {
      K_TEST_ALL
    }
    selected |= uint(k_selected) << j;
    passed += subgroupBallotBitCount(subgroupBallot(k_selected));
  }
  if (gl_SubgroupInvocationID == 0u) {
    subgroup_sums[gl_SubgroupID] = passed;
  }
  barrier();
  if (gl_SubgroupID == 0u) {
    k_findPlace(tile);
  }
  barrier();
  uint place = k_tileStart + subgroup_starts[gl_SubgroupID];
  [[unroll]] for (uint j = 0u; j < K_ROWS; j++) {
    bool stays = (selected >> j & 1u) != 0u;
    uvec4 votes = subgroupBallot(stays);
    if (stays) {
      k_position = place + subgroupBallotExclusiveBitCount(votes);
      K_STORE
    }
    place += subgroupBallotBitCount(votes);
  }
}

void main() {
  uint tiles = (root.count - 1u) / K_TILE + 1u;
  // A workgroup takes tiles until there are none, so that all that run end at about the same time.
  for (uint taken = 0u; taken <= tiles; taken++) {
    if (gl_LocalInvocationID.x == 0u) {
      k_ticket = take_ticket();
    }
    barrier();
    uint tile = k_ticket;
    if (tile >= tiles) {
      break;
    }
    k_compactTile(tile);
  }
  k_countRows();
}

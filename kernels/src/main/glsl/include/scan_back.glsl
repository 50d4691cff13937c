// SPDX-License-Identifier: Apache-2.0
//
// How tiles that are taken in their order find what is before them, as scan/lookback.comp says. Macros: ELEMENT and
// SUBGROUP, of scan_subgroup.glsl. Needs it and scan_state.glsl, with ELEMENT as STATE, and before it
//
//   ELEMENT sum_tile(uint tile)      the sum of a tile, by one subgroup, of which all invocations call it
//   root.flags                       bit 1: never use what others published, for tests of the fallback
//
//   ELEMENT look_back(uint tile)     the sum of all tiles before one
//   ELEMENT start_subgroups()        the sum of subgroup_sums; subgroup_starts becomes what is before each
#ifndef KRONOS_SCAN_BACK_GLSL
#define KRONOS_SCAN_BACK_GLSL

#define SUBGROUPS (WORKGROUP_SIZE / SUBGROUP)

shared ELEMENT subgroup_sums[MOST_SUBGROUPS];
shared ELEMENT subgroup_starts[MOST_SUBGROUPS];

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

#endif

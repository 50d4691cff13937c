#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Third of three steps of a pass of the radix sort: moves keys, and the rows that go with them, to their places. A tile
// of WORKGROUP_SIZE * ITEMS keys at a time:
//   1. each team of TEAM invocations ranks its keys: how many of the same digit the team has before. Peers find each other
//      by ballots (BALLOTS), where a subgroup holds whole teams, or by bits in shared memory, without subgroups
//   2. the teams' counts become places within the tile, in shared memory, where the keys are then put in order
//   3. they leave in that order, so that neighbours write to neighbours
// Both ways give the same ranks. With ballots the order of invocations is that of subgroups and of invocations in them,
// which needs full subgroups; Vulkan 1.3 promises them where the workgroup is a multiple of the subgroup.
//
//   root.count   keys, 0..2^31. Exactly ceil(count / group_elements) workgroups; best where tiles fill group_elements
//   root.flags   bit 0: rows are not read, a key's row is its place in keys
//   SortArguments, 64 bytes: include/sort_digit.glsl draws them; counts hold each workgroup's first place of each digit
//   Macros: KEY, KEY_BYTES, ITEMS, WITH_ROWS (0 or 1: whether rows go with the keys), BALLOTS (0 or 1), and with ballots
//   TEAM (a power of two up to 32 and up to the subgroup's size) and SUBGROUP (the size).
//   WORKGROUP_SIZE at least 256; of 256 it takes 32 KiB of shared memory with up to 28 items of 4 bytes or 14 of 8
#if BALLOTS
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_arithmetic : require
#extension GL_KHR_shader_subgroup_ballot : require
#endif

#include "abi.glsl"
#include "sort_digit.glsl"

#ifndef TEAM
#define TEAM 32u
#endif
#ifndef SUBGROUP
#define SUBGROUP gl_SubgroupSize
#endif

const uint TILE = WORKGROUP_SIZE * ITEMS;
const uint COUNTERS = WORKGROUP_SIZE / TEAM * DIGITS;
const uint KEY_WORDS = KEY_BYTES / 4;

// Counters of the teams, and behind them, without ballots, the bits of peers; then the keys in order, low words first.
shared uint pool[max((2 - BALLOTS) * COUNTERS, TILE * KEY_WORDS)];
// Where the keys of a digit go, less where the first of them lies in the tile.
shared uint moves[DIGITS];
shared uint sums[WORKGROUP_SIZE];

// What an invocation knows of its tile: its keys, then where they belong within it.
KEY keys_held[ITEMS];
uint places[ITEMS];

uint sort_thread() {
#if BALLOTS
  return gl_SubgroupID * SUBGROUP + gl_SubgroupInvocationID;
#else
  return gl_LocalInvocationID.x;
#endif
}

// Index of the first key of an invocation in its tile; the next ones follow a team apart.
uint sort_first(uint thread) {
  return thread / TEAM * (TEAM * ITEMS) + thread % TEAM;
}

void load_tile(uint tile, uint end, uint thread) {
  uint at = tile + sort_first(thread);
  if (tile + TILE <= end) {
    [[unroll]] for (uint item = 0; item < ITEMS; item++) {
      keys_held[item] = AS(keys, KEY)[at + item * TEAM];
    }
  } else {
    [[unroll]] for (uint item = 0; item < ITEMS; item++) {
      keys_held[item] = sort_last();
      if (at + item * TEAM < end) {
        keys_held[item] = AS(keys, KEY)[at + item * TEAM];
      }
    }
  }
}

#if BALLOTS

uint team_vote(bool yes) {
  uvec4 votes = subgroupBallot(yes);
  uint word = SUBGROUP <= 32u ? votes.x : votes[gl_SubgroupInvocationID / 32u];
  return word >> (gl_SubgroupInvocationID & (32u - TEAM));
}

uint team_peers(uint digit) {
  uint peers = ~0u >> (32u - TEAM);
  [[unroll]] for (uint bit = 0; bit < 8; bit++) {
    bool set = ((digit >> bit) & 1u) != 0u;
    uint votes = team_vote(set);
    peers &= set ? votes : ~votes;
  }
  return peers;
}

void rank_keys(uint thread) {
  uint below = (1u << (thread % TEAM)) - 1u;
  uint team = thread / TEAM * DIGITS;
  [[unroll]] for (uint item = 0; item < ITEMS; item++) {
    uint slot = team + sort_digit(keys_held[item]);
    uint peers = team_peers(slot % DIGITS);
    uint before = bitCount(peers & below);
    uint counted = pool[slot];
    subgroupBarrier();
    if (before == 0u) {
      pool[slot] = counted + bitCount(peers);
    }
    subgroupBarrier();
    places[item] = counted + before;
  }
}

// The sum of what the invocations before this one give.
uint sum_before(uint thread, uint value) {
  uint sum = subgroupInclusiveAdd(value);
  if (gl_SubgroupInvocationID == SUBGROUP - 1u) {
    sums[gl_SubgroupID] = sum;
  }
  barrier();
  uint before = sum - value;
  for (uint i = 0; i < gl_SubgroupID; i++) {
    before += sums[i];
  }
  return before;
}

#else

// The barriers are of the workgroup, since a team may be spread over subgroups.
void rank_keys(uint thread) {
  uint mine = 1u << (thread % TEAM);
  uint team = thread / TEAM * DIGITS;
  [[unroll]] for (uint item = 0; item < ITEMS; item++) {
    uint slot = team + sort_digit(keys_held[item]);
    atomicOr(pool[COUNTERS + slot], mine);
    barrier();
    uint peers = pool[COUNTERS + slot];
    uint counted = pool[slot];
    barrier();
    uint before = bitCount(peers & (mine - 1u));
    if (before == 0u) {
      pool[slot] = counted + bitCount(peers);
      pool[COUNTERS + slot] = 0u;
    }
    barrier();
    places[item] = counted + before;
  }
}

uint sum_before(uint thread, uint value) {
  sums[thread] = value;
  barrier();
  for (uint reach = 1u; reach < WORKGROUP_SIZE; reach <<= 1) {
    uint left = thread >= reach ? sums[thread - reach] : 0u;
    barrier();
    sums[thread] += left;
    barrier();
  }
  return sums[thread] - value;
}

#endif

void rank_tile(uint thread) {
  for (uint i = thread; i < (2 - BALLOTS) * COUNTERS; i += WORKGROUP_SIZE) {
    pool[i] = 0u;
  }
  barrier();
  rank_keys(thread);
  barrier();
}

// Turns the teams' counts into places within the tile. Invocation d cares for digit d, and target is where its keys go.
void place_digits(uint thread, inout uint target) {
  uint sum = 0u;
  if (thread < DIGITS) {
    [[unroll]] for (uint i = 0; i < COUNTERS; i += DIGITS) {
      sum += pool[i + thread];
    }
  }
  uint place = sum_before(thread, sum);
  if (thread < DIGITS) {
    moves[thread] = target - place;
    target += sum;
    [[unroll]] for (uint i = 0; i < COUNTERS; i += DIGITS) {
      uint counted = pool[i + thread];
      pool[i + thread] = place;
      place += counted;
    }
  }
  barrier();
}

void place_keys(uint thread) {
  uint team = thread / TEAM * DIGITS;
  [[unroll]] for (uint item = 0; item < ITEMS; item++) {
    places[item] += pool[team + sort_digit(keys_held[item])];
  }
  barrier();
  [[unroll]] for (uint item = 0; item < ITEMS; item++) {
    pool[places[item]] = uint(keys_held[item]);
#if KEY_BYTES == 8
    pool[TILE + places[item]] = uint(keys_held[item] >> 32);
#endif
  }
  barrier();
}

KEY key_in_order(uint place) {
#if KEY_BYTES == 8
  return (KEY(pool[TILE + place]) << 32) | KEY(pool[place]);
#else
  return pool[place];
#endif
}

void main() {
  uint thread = sort_thread();
  uint first = gl_WorkGroupID.x * arguments.group_elements;
  uint end = min(root.count, first + arguments.group_elements);
  uint target = 0u;
  if (thread < DIGITS) {
    target = AS(counts, uint)[thread * gl_NumWorkGroups.x + gl_WorkGroupID.x];
  }
  for (uint tile = first; tile < end; tile += TILE) {
    load_tile(tile, end, thread);
    rank_tile(thread);
    place_digits(thread, target);
    place_keys(thread);
#if WITH_ROWS
    // Not before the keys are out of the way: few registers let more workgroups run at once.
    uint rows_held[ITEMS];
    uint targets[ITEMS];
    bool own = (root.flags & 1u) != 0u;
    [[unroll]] for (uint item = 0; item < ITEMS; item++) {
      uint at = tile + sort_first(thread) + item * TEAM;
      rows_held[item] = at;
      if (!own && at < end) {
        rows_held[item] = AS(rows, uint)[at];
      }
    }
#endif
    [[unroll]] for (uint item = 0; item < ITEMS; item++) {
      uint place = item * WORKGROUP_SIZE + thread;
      KEY key = key_in_order(place);
      uint to = moves[sort_digit(key)] + place;
      if (place < end - tile) {
        AS(sorted_keys, KEY)[to] = key;
      }
#if WITH_ROWS
      targets[item] = to;
#endif
    }
#if WITH_ROWS
    barrier();
    [[unroll]] for (uint item = 0; item < ITEMS; item++) {
      pool[places[item]] = rows_held[item];
    }
    barrier();
    [[unroll]] for (uint item = 0; item < ITEMS; item++) {
      uint place = item * WORKGROUP_SIZE + thread;
      if (place < end - tile) {
        AS(sorted_rows, uint)[targets[item]] = pool[place];
      }
    }
#endif
    // The next tile counts where this one's keys lay.
    barrier();
  }
}

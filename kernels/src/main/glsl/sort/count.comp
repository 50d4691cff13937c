#version 460
// SPDX-License-Identifier: Apache-2.0
//
// First of three steps of a pass of the radix sort: counts the digits of each workgroup's keys. A prefix sum over the
// counts (scan/*) then tells where each workgroup's keys of each digit go.
//
//   root.count   keys, 0..2^31. Exactly ceil(count / group_elements) workgroups
//   SortArguments, 64 bytes: include/sort_digit.glsl draws them; reads keys, writes counts
//   Macros: KEY, KEY_BYTES, VECTOR (of 16 bytes)
#include "abi.glsl"
#include "sort_digit.glsl"

INPUT_ARRAY(0, keys, VECTOR, 16)

const uint WIDTH = 16 / KEY_BYTES;
// Loads that an invocation has under way before it needs the first one's outcome.
const uint LOADS = 4;
// Each 32 invocations count for themselves, so that few meet at one counter.
const uint TEAM = 32;
const uint COUNTERS = WORKGROUP_SIZE / TEAM * DIGITS;

shared uint counters[COUNTERS];

void count_key(uint team, KEY key) {
  atomicAdd(counters[team + sort_digit(key)], 1u);
}

void count_vector(uint team, VECTOR found) {
  [[unroll]] for (uint c = 0; c < WIDTH; c++) {
    count_key(team, found[c]);
  }
}

void count_vectors(uint team, uint first, uint vectors) {
  VECTOR found[LOADS];
  for (uint base = 0; base < vectors; base += LOADS * WORKGROUP_SIZE) {
    uint i = base + gl_LocalInvocationID.x;
    if (base + LOADS * WORKGROUP_SIZE <= vectors) {
      [[unroll]] for (uint load = 0; load < LOADS; load++) {
        found[load] = AS(keys, VECTOR)[first + i + load * WORKGROUP_SIZE];
      }
      [[unroll]] for (uint load = 0; load < LOADS; load++) {
        count_vector(team, found[load]);
      }
    } else {
      for (; i < vectors; i += WORKGROUP_SIZE) {
        count_vector(team, AS(keys, VECTOR)[first + i]);
      }
    }
  }
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  for (uint i = lane; i < COUNTERS; i += WORKGROUP_SIZE) {
    counters[i] = 0u;
  }
  barrier();
  uint first = gl_WorkGroupID.x * arguments.group_elements;
  uint end = min(root.count, first + arguments.group_elements);
  uint vectors = (end - first) / WIDTH;
  uint team = lane / TEAM * DIGITS;
  count_vectors(team, first / WIDTH, vectors);
  uint rest = first + vectors * WIDTH + lane;
  if (rest < end) {
    count_key(team, AS(keys, KEY)[rest]);
  }
  barrier();
  for (uint digit = lane; digit < DIGITS; digit += WORKGROUP_SIZE) {
    uint sum = 0u;
    for (uint i = digit; i < COUNTERS; i += DIGITS) {
      sum += counters[i];
    }
    AS(counts, uint)[digit * gl_NumWorkGroups.x + gl_WorkGroupID.x] = sum;
  }
}

#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Sums each tile of TILE_ELEMENTS (16,384) elements into one; run it again over its own output until one element is left.
//
// The order of additions depends on the count and the element's size alone, so floating point gives the same bits on every
// device, subgroup size and number of workgroups. A tile is cut into vectors of 16 bytes, W elements each:
//   1. invocation t of 256 takes the vectors t, t + 256, ... of its tile and sums each of the W places for itself,
//   2. it joins its W sums: (0 + 2) + (1 + 3) of four, 0 + 1 of two,
//   3. a radix-2 tree in shared memory joins the 256 invocations' sums: t takes t + 128, then t + 64, and so on.
//
//   root.count   elements, 0..2^31; 0 writes one zero. Any number of workgroups; one for each tile is fastest
//   SumArguments, 16 bytes
//     0  uint64_t source   ELEMENT[count], 16-aligned
//     8  uint64_t target   SUM[max(1, ceil(count / TILE_ELEMENTS))], written; must not overlap the source
//   Macros: ELEMENT, ELEMENT_BYTES, VECTOR (of 16 bytes), SUM (of ELEMENT's kind), ZERO (of SUM), TILE_ELEMENTS.
//   Integers wrap. Needs WORKGROUP_SIZE 256.
#include "abi.glsl"
#include "arguments.glsl"

ARGUMENTS(SumArguments, ADDRESS(source) ADDRESS(target),)
INPUT_ARRAY(0, source, VECTOR, 16)
INPUT_ARRAY(0, source, ELEMENT, ELEMENT_BYTES)
ARRAY(1, target, SUM, 8)

const uint WIDTH = 16 / ELEMENT_BYTES;
// Loads that an invocation has under way before it needs the first one's outcome.
const uint LOADS = 8;

shared SUM sums[WORKGROUP_SIZE];

void add(inout SUM places[WIDTH], VECTOR values) {
  [[unroll]] for (uint c = 0; c < WIDTH; c++) {
    precise SUM sum = places[c] + SUM(values[c]);
    places[c] = sum;
  }
}

// Whole vectors of a tile. Beyond the last one it adds zeros, which change nothing: no sum is a negative zero.
void add_vectors(inout SUM places[WIDTH], uint first, uint vectors) {
  VECTOR values[LOADS];
  for (uint base = 0; base < vectors; base += LOADS * WORKGROUP_SIZE) {
    uint i = base + gl_LocalInvocationID.x;
    if (base + LOADS * WORKGROUP_SIZE <= vectors) {
      [[unroll]] for (uint load = 0; load < LOADS; load++) {
        values[load] = AS(source, VECTOR)[first + i + load * WORKGROUP_SIZE];
      }
    } else {
      [[unroll]] for (uint load = 0; load < LOADS; load++) {
        values[load] = VECTOR(0);
        if (i + load * WORKGROUP_SIZE < vectors) {
          values[load] = AS(source, VECTOR)[first + i + load * WORKGROUP_SIZE];
        }
      }
    }
    [[unroll]] for (uint load = 0; load < LOADS; load++) {
      add(places, values[load]);
    }
  }
}

// The elements behind the last whole vector, by the invocation whose turn it is.
void add_rest(inout SUM places[WIDTH], uint first, uint vectors, uint end) {
  if (gl_LocalInvocationID.x == vectors % WORKGROUP_SIZE) {
    VECTOR values = VECTOR(0);
    [[unroll]] for (uint c = 0; c < WIDTH; c++) {
      uint i = first + vectors * WIDTH + c;
      if (i < end) {
        values[c] = AS(source, ELEMENT)[i];
      }
    }
    add(places, values);
  }
}

SUM join_places(SUM places[WIDTH]) {
  precise SUM even = places[0] + places[WIDTH / 2];
  precise SUM odd = places[WIDTH / 2 - 1] + places[WIDTH - 1];
  precise SUM both = even + odd;
  return WIDTH == 2 ? even : both;
}

// Leaves the sum of all invocations' sums in sums[0].
void join_invocations(uint lane, SUM sum) {
  sums[lane] = sum;
  barrier();
  for (uint reach = WORKGROUP_SIZE / 2; reach > 0; reach /= 2) {
    if (lane < reach) {
      precise SUM joined = sums[lane] + sums[lane + reach];
      sums[lane] = joined;
    }
    barrier();
  }
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint tiles = root.count == 0 ? 1 : (root.count - 1) / TILE_ELEMENTS + 1;
  for (uint tile = gl_WorkGroupID.x; tile < tiles; tile += gl_NumWorkGroups.x) {
    SUM places[WIDTH];
    [[unroll]] for (uint c = 0; c < WIDTH; c++) {
      places[c] = ZERO;
    }
    uint first = tile * TILE_ELEMENTS;
    uint elements = min(root.count - first, TILE_ELEMENTS);
    uint vectors = elements / WIDTH;
    add_vectors(places, first / WIDTH, vectors);
    add_rest(places, first, vectors, first + elements);
    join_invocations(lane, join_places(places));
    if (lane == 0) {
      AS(target, SUM)[tile] = sums[0];
    }
    // The next tile overwrites sums[0].
    barrier();
  }
}

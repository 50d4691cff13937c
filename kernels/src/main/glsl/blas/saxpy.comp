#version 460
// SPDX-License-Identifier: Apache-2.0
//
// y = a * x + y over floats, four at a time. Two roundings, no fused multiply-add.
//
//   root.count   elements, 0..2^31; up to 2^22 workgroups, one for each 4,096 elements is fastest
//   SaxpyArguments, 24 bytes
//     0  uint64_t x     float[count], 16-aligned
//     8  uint64_t y     float[count], 16-aligned, read and written; must not overlap x
//    16  float a
#include "abi.glsl"
#include "arguments.glsl"

ARGUMENTS(SaxpyArguments, ADDRESS(x) ADDRESS(y), float a;)
INPUT_ARRAY(0, x, vec4, 16)
INPUT_ARRAY(0, x, float, 4)
ARRAY(1, y, vec4, 16)
ARRAY(1, y, float, 4)

// Vectors that an invocation loads of each array before it needs the first one.
const uint LOADS = 4;
const uint TILE_VECTORS = LOADS * WORKGROUP_SIZE;

vec4 multiply_add(vec4 x, vec4 y) {
  precise vec4 product = arguments.a * x;
  precise vec4 sum = product + y;
  return sum;
}

void whole_tile(uint first) {
  vec4 x[LOADS];
  vec4 y[LOADS];
  [[unroll]] for (uint load = 0; load < LOADS; load++) {
    x[load] = AS(x, vec4)[first + load * WORKGROUP_SIZE];
    y[load] = AS(y, vec4)[first + load * WORKGROUP_SIZE];
  }
  [[unroll]] for (uint load = 0; load < LOADS; load++) {
    AS(y, vec4)[first + load * WORKGROUP_SIZE] = multiply_add(x[load], y[load]);
  }
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint vectors = root.count / 4;
  for (uint base = gl_WorkGroupID.x * TILE_VECTORS; base < vectors; base += gl_NumWorkGroups.x * TILE_VECTORS) {
    if (base + TILE_VECTORS <= vectors) {
      whole_tile(base + lane);
    } else {
      for (uint i = base + lane; i < vectors; i += WORKGROUP_SIZE) {
        AS(y, vec4)[i] = multiply_add(AS(x, vec4)[i], AS(y, vec4)[i]);
      }
    }
  }
  uint rest = vectors * 4 + kronos_thread();
  if (rest < root.count) {
    AS(y, float)[rest] = multiply_add(vec4(AS(x, float)[rest]), vec4(AS(y, float)[rest])).x;
  }
}

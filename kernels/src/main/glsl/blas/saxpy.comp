#version 460
// SPDX-License-Identifier: Apache-2.0
//
// y = a * x + y over floats, four at a time. Two roundings, no fused multiply-add.
//
//   root.count   elements, 0..2^31; any number of workgroups
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

void main() {
  uint vectors = root.count >> 2;
  for (uint i = kronos_thread(); i < vectors; i += kronos_threads()) {
    precise vec4 product = arguments.a * AS(x, vec4)[i];
    precise vec4 sum = product + AS(y, vec4)[i];
    AS(y, vec4)[i] = sum;
  }
  uint rest = vectors * 4u + kronos_thread();
  if (rest < root.count) {
    precise float product = arguments.a * AS(x, float)[rest];
    precise float sum = product + AS(y, float)[rest];
    AS(y, float)[rest] = sum;
  }
}

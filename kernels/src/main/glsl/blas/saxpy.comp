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
//    20  uint reserved
#include "abi.glsl"

layout(buffer_reference, std430, buffer_reference_align = 16) buffer SaxpyVectors { vec4 v[]; };
layout(buffer_reference, std430, buffer_reference_align = 4) buffer SaxpyFloats { float v[]; };
layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer SaxpyArguments {
  uint64_t x;
  uint64_t y;
  float a;
  uint reserved;
};

void main() {
  SaxpyArguments arguments = SaxpyArguments(root.args);
  uint vectors = root.count >> 2;
  for (uint i = kronos_thread(); i < vectors; i += kronos_threads()) {
    precise vec4 product = arguments.a * SaxpyVectors(arguments.x).v[i];
    precise vec4 sum = product + SaxpyVectors(arguments.y).v[i];
    SaxpyVectors(arguments.y).v[i] = sum;
  }
  uint rest = vectors * 4u + kronos_thread();
  if (rest < root.count) {
    precise float product = arguments.a * SaxpyFloats(arguments.x).v[rest];
    precise float sum = product + SaxpyFloats(arguments.y).v[rest];
    SaxpyFloats(arguments.y).v[rest] = sum;
  }
}

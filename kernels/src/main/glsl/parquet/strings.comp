#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Brings strings together that lie with their lengths before them (Encodings.md of the Parquet format, "Plain", byte
// arrays), LANES invocations a string.
//
//   root.count   strings, 0..2^31; any number of workgroups
//   PlainStringArguments, 24 bytes
//     0  uint64_t source     for each string four bytes of length and the characters; 16-aligned
//     8  uint64_t offsets    uint[count + 1], where each string starts among characters alone
//    16  uint64_t target     written: the characters; must not overlap the source
//   Macros: LANES, a power of two up to WORKGROUP_SIZE
#include "abi.glsl"
#include "types.glsl"
#include "string.glsl"
#include "string_gather.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer PlainStringArguments {
  uint64_t source;
  uint64_t offsets;
  uint64_t target;
};

void main() {
  PlainStringArguments arguments = PlainStringArguments(root.args);
  uint lane = kronos_thread() % LANES;
  for (uint i = kronos_thread() / LANES; i < root.count; i += kronos_threads() / LANES) {
    uint begin = BufferU32(arguments.offsets).v[i];
    uint size = BufferU32(arguments.offsets).v[i + 1u] - begin;
    uint64_t lengths = 4ul * (uint64_t(i) + 1ul);
    Str text = Str(arguments.source + uint64_t(begin) + lengths, size);
    gather_copy(text, arguments.target + uint64_t(begin), lane);
  }
}

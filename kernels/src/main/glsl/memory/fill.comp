#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Fills memory with one 32-bit word, 16 bytes a store where the target is 16-aligned.
//
//   root.count   not used (a length may exceed 32 bits); any number of workgroups
//   FillArguments, 24 bytes
//     0  uint64_t target       4-aligned, written
//     8  uint64_t size_bytes   a multiple of 4
//    16  uint word
//    20  uint reserved
#include "abi.glsl"
#include "types.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer FillArguments {
  uint64_t target;
  uint64_t size_bytes;
  uint word;
  uint reserved;
};

void main() {
  FillArguments arguments = FillArguments(root.args);
  uint64_t stride = uint64_t(kronos_threads());
  uint64_t first = uint64_t(kronos_thread());
  uint64_t head = min((0ul - arguments.target) & 15ul, arguments.size_bytes);
  uint64_t blocks = (arguments.size_bytes - head) >> 4;
  uint64_t body = arguments.target + head;
  uvec4 pattern = uvec4(arguments.word);
  for (uint64_t i = first; i < blocks; i += stride) {
    BufferU32x4(body + i * 16ul).v[0] = pattern;
  }
  uint64_t done = head + blocks * 16ul;
  uint64_t rest = (head + arguments.size_bytes - done) >> 2;
  // At most three words before the first aligned block and three after the last one.
  for (uint64_t i = first; i < rest; i += stride) {
    uint64_t at = i * 4ul;
    at = at < head ? at : done + at - head;
    BufferU32(arguments.target + at).v[0] = arguments.word;
  }
}

#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Brings integers of any width to that of a column: wider ones are filled with their sign, narrower ones lose what they
// do not need.
//
//   root.count   integers, 0..2^31; any number of workgroups
//   root.flags   bit 0: the most significant byte comes first, else the least
//   FixedArguments, 24 bytes
//     0  uint64_t source    width * count bytes
//     8  uint64_t target    written; aligned to its integers; must not overlap the source
//    16  uint width         bytes of an integer of the source, 1 or more; above 16 they only repeat the sign
//    20  uint reserved
//   Macros: STORE(address, index, i128), which keeps the low bytes
#include "abi.glsl"
#include "types.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer FixedArguments {
  uint64_t source;
  uint64_t target;
  uint width;
  uint reserved;
};

uint64_t fixed_word(uint64_t at, uint width, uint first, uint64_t fill) {
  bool reversed = (root.flags & 1u) != 0u;
  uint64_t word = 0ul;
  for (uint i = 0u; i < 8u; i++) {
    uint place = first + i;
    uint64_t part = fill & 255ul;
    if (place < width) {
      part = uint64_t(BufferU8(at).v[reversed ? width - 1u - place : place]);
    }
    word |= part << (i * 8u);
  }
  return word;
}

i128 fixed_value(uint64_t at, uint width) {
  uint top = uint(BufferU8(at).v[(root.flags & 1u) != 0u ? 0u : width - 1u]);
  uint64_t fill = top >= 128u ? ~0ul : 0ul;
  return i128_make(fixed_word(at, width, 0u, fill), int64_t(fixed_word(at, width, 8u, fill)));
}

void main() {
  FixedArguments arguments = FixedArguments(root.args);
  for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
    uint64_t at = arguments.source + uint64_t(i) * uint64_t(arguments.width);
    STORE(arguments.target, i, fixed_value(at, arguments.width));
  }
}

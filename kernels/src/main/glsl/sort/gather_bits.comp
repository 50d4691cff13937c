#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Takes bits, such as booleans or marks of validity, in the order of row numbers. One invocation makes 32 of them.
//
//   root.count   bits to take, 0..2^31; any number of workgroups
//   GatherArguments, 32 bytes
//     0  uint64_t source      uint8_t[], least significant bit first
//     8  uint64_t rows        uint[count], which bit to take
//    16  uint64_t target      uint[ceil(count / 32)], written; must not overlap the source. Bits behind the last are 0
//    24  uint bit_offset      where in source row 0 is
//    28  uint reserved
#include "abi.glsl"
#include "gather_arguments.glsl"

INPUT_ARRAY(0, source, uint8_t, 1)
ARRAY(2, target, uint, 4)

void main() {
  uint words = (root.count + 31u) / 32u;
  for (uint word = kronos_thread(); word < words; word += kronos_threads()) {
    uint bits = 0u;
    uint first = word * 32u;
    uint end = min(root.count, first + 32u);
    for (uint i = first; i < end; i++) {
      uint at = AS(rows, uint)[i] + arguments.bit_offset;
      bits |= ((uint(AS(source, uint8_t)[at >> 3]) >> (at & 7u)) & 1u) << (i - first);
    }
    AS(target, uint)[word] = bits;
  }
}

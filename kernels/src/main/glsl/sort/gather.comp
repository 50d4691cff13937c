#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Takes values of fixed width in the order of row numbers.
//
//   root.count   values to take, 0..2^31; any number of workgroups
//   GatherArguments, 32 bytes
//     0  uint64_t source      ELEMENT[], aligned to the element
//     8  uint64_t rows        uint[count], which value to take
//    16  uint64_t target      ELEMENT[count], written; must not overlap the source
//    24  uint bit_offset      not used here
//    28  uint reserved
//   Macros: ELEMENT, ELEMENT_BYTES
#include "abi.glsl"
#include "gather_arguments.glsl"

INPUT_ARRAY(0, source, ELEMENT, ELEMENT_BYTES)
ARRAY(2, target, ELEMENT, ELEMENT_BYTES)

void main() {
  for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
    AS(target, ELEMENT)[i] = AS(source, ELEMENT)[AS(rows, uint)[i]];
  }
}

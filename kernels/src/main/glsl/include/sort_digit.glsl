// SPDX-License-Identifier: Apache-2.0
//
// What the passes of the radix sort share. A pass orders keys by one digit of 8 bits, without changing the order of keys
// with the same digit: sort/count counts digits, a prefix sum turns counts into places, sort/scatter moves.
//
// The workgroups share the keys out in stretches of group_elements, one each; the last may be shorter.
//
//   SortArguments, 64 bytes
//     0  uint64_t keys            KEY[count], 16-aligned
//     8  uint64_t rows            uint[count], what goes with the keys
//    16  uint64_t counts          uint[256 * workgroups], digit-major: all workgroups' counts of digit 0, then of 1, ...
//    24  uint64_t sorted_keys     KEY[count], written
//    32  uint64_t sorted_rows     uint[count], written
//    40  uint64_t base            keys are ordered by (key - base) ^ flip as unsigned numbers: base is the least key, or
//    48  uint64_t flip              the least number of signed keys; flip is 0 upwards and all ones downwards
//    56  uint shift               which digit: its lowest bit
//    60  uint group_elements      a multiple of 4
//   Macros: KEY (uint or uint64_t), KEY_BYTES
//   uint sort_digit(KEY key)      its digit, 0..255
//   KEY sort_last()               a key that no other comes behind, by any digit
#ifndef KRONOS_SORT_DIGIT_GLSL
#define KRONOS_SORT_DIGIT_GLSL

#include "abi.glsl"
#include "arguments.glsl"

#define DIGITS 256u

ARGUMENTS(SortArguments,
          ADDRESS(keys) ADDRESS(rows) ADDRESS(counts) ADDRESS(sorted_keys) ADDRESS(sorted_rows),
          uint64_t base; uint64_t flip; uint shift; uint group_elements;)
INPUT_ARRAY(0, keys, KEY, KEY_BYTES)
INPUT_ARRAY(1, rows, uint, 4)
ARRAY(2, counts, uint, 4)
ARRAY(3, sorted_keys, KEY, KEY_BYTES)
ARRAY(4, sorted_rows, uint, 4)

uint sort_digit(KEY key) {
  KEY place = (key - KEY(arguments.base)) ^ KEY(arguments.flip);
  return uint(place >> arguments.shift) & (DIGITS - 1u);
}

KEY sort_last() {
  return ~KEY(arguments.flip) + KEY(arguments.base);
}

#endif

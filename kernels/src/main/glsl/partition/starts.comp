#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Finds where each partition begins among rows that are in the order of their partitions: thread p looks for the first
// place whose row is of partition p or a later one.
//
//   root.count   places to find, one more than there are partitions; any number of workgroups
//   StartsArguments, 32 bytes
//     0  uint64_t partitions   int[], partition of each row
//     8  uint64_t rows         uint[row_count], row numbers in the order of their partitions
//    16  uint64_t starts       uint[count], written
//    24  uint row_count        0..2^31
//    28  uint reserved
#include "abi.glsl"
#include "arguments.glsl"

ARGUMENTS(StartsArguments, ADDRESS(partitions) ADDRESS(rows) ADDRESS(starts), uint row_count; uint reserved;)
INPUT_ARRAY(0, partitions, int, 4)
INPUT_ARRAY(1, rows, uint, 4)
ARRAY(2, starts, uint, 4)

void main() {
  for (uint p = kronos_thread(); p < root.count; p += kronos_threads()) {
    uint low = 0u;
    uint high = arguments.row_count;
    while (low < high) {
      uint middle = (low + high) >> 1;
      if (AS(partitions, int)[AS(rows, uint)[middle]] < int(p)) {
        low = middle + 1u;
      } else {
        high = middle;
      }
    }
    AS(starts, uint)[p] = low;
  }
}

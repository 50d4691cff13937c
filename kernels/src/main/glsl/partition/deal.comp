#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Deals rows out to partitions in turn and puts their numbers in the order of the partitions, those of one partition in
// their order: row i goes to partition (first + i) % partitions.
//
//   root.count   rows, 0..2^31; any number of workgroups
//   DealArguments, 16 bytes
//     0  uint64_t order        uint[count], written
//     8  uint partitions       1..2^31
//    12  uint first            partition of row 0, 0..partitions-1
#include "abi.glsl"
#include "arguments.glsl"

ARGUMENTS(DealArguments, ADDRESS(order), uint partitions; uint first;)
ARRAY(0, order, uint, 4)

void main() {
  uint partitions = arguments.partitions;
  uint first = arguments.first;
  uint rounds = root.count / partitions;
  uint extra = root.count % partitions;
  for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
    uint p = (first + i) % partitions;
    // Partitions before p that have a row more than there are rounds: of first, first + 1, ..., extra of them, the
    // first ones, in turn behind the last.
    uint more = p > first ? min(p - first, extra) : 0u;
    if (first + extra > partitions) {
      more += min(p, first + extra - partitions);
    }
    AS(order, uint)[p * rounds + more + i / partitions] = i;
  }
}

// SPDX-License-Identifier: Apache-2.0
//
// Numbers from a counter, by one addition for all invocations of a subgroup that ask at the same time:
// one at a time, millions of them would wait in line at the counter.

#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_ballot : require

// Counts this invocation and returns its number.
uint64_t k_number(uint64_t counter) {
  uvec4 asking = subgroupBallot(true);
  uint64_t first = 0ul;
  if (subgroupElect()) {
    first = atomicAdd(K_WORD(counter), uint64_t(subgroupBallotBitCount(asking)));
  }
  // In halves: not all devices have subgroup operations on 64 bits.
  first = pack64(subgroupBroadcastFirst(unpack32(first)));
  return first + uint64_t(subgroupBallotExclusiveBitCount(asking));
}

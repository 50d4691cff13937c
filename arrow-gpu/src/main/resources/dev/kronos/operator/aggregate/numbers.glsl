// SPDX-License-Identifier: Apache-2.0
//
// Numbers from a counter for devices without ballots of subgroups.

// Counts this invocation and returns its number.
uint64_t k_number(uint64_t counter) {
  return atomicAdd(K_WORD(counter), 1ul);
}

// SPDX-License-Identifier: Apache-2.0
//
// Finds the least and the greatest of keys that are one integer each, in the order of signed numbers.
// Counters hold the greatest, and the complement of the least, so that both only grow, from 0.
//
// The generator defines  Keys k_buildKeysAt(uint buildRow), which sets k_unmatchable

shared uint64_t k_extremes[2][WORKGROUP_SIZE];

void k_offer(uint which, uint64_t counter) {
  uint lane = gl_LocalInvocationID.x;
  for (uint step = WORKGROUP_SIZE / 2; step > 0u; step >>= 1) {
    barrier();
    if (lane < step) {
      k_extremes[which][lane] = max(k_extremes[which][lane], k_extremes[which][lane + step]);
    }
  }
  if (lane == 0u) {
    atomicMax(K_WORD(counter), k_extremes[which][0]);
  }
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint64_t most = 0ul;
  uint64_t leastInverted = 0ul;
  for (uint row = kronos_thread(); row < root.count; row += kronos_threads()) {
    uint64_t number = k_buildKeysAt(row).w0 ^ 0x8000000000000000ul;
    if (!k_unmatchable) {
      most = max(most, number);
      leastInverted = max(leastInverted, ~number);
    }
  }
  k_extremes[0][lane] = most;
  k_extremes[1][lane] = leastInverted;
  k_offer(0u, k_args.counters + K_COUNTER_MOST);
  k_offer(1u, k_args.counters + K_COUNTER_LEAST);
}

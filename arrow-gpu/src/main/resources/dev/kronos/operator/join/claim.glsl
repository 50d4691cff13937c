// SPDX-License-Identifier: Apache-2.0
//
// Builds an open-addressing table of distinct keys with linear probing. A slot is claimed once, by a
// compare-and-swap from 0 to the number of the claiming row, from 1; other rows compare with the
// claiming row's key, which is in the columns all along. Nobody waits for anybody.
//
// Writes the slot of each row, or the capacity for a row that matches nothing.
//
// The generator defines  Keys k_buildKeysAt(uint buildRow), which sets k_unmatchable

layout(buffer_reference, std430, buffer_reference_align = 4) coherent buffer K_Claim { uint v; };

uint k_rivals = 0u;
uint k_nulls = 0u;

uint k_slotOf(Keys key, uint row) {
  uint mask = uint(k_args.capacity) - 1u;
  uint slot = uint(k_keysHash(key)) & mask;
  for (uint probe = 0u; probe <= mask; probe++) {
    uint64_t place = k_args.claims + 4ul * uint64_t(slot);
    uint owner = K_Claim(place).v;
    if (owner == 0u) {
      owner = atomicCompSwap(K_Claim(place).v, 0u, row + 1u);
      if (owner == 0u) {
        return slot;
      }
    }
    if (k_keysEqual(k_buildKeysAt(owner - 1u), key)) {
      k_rivals++;
      return slot;
    }
    slot = (slot + 1u) & mask;
  }
  return mask + 1u;
}

void main() {
  for (uint row = kronos_thread(); row < root.count; row += kronos_threads()) {
    Keys key = k_buildKeysAt(row);
    uint slot = uint(k_args.capacity);
    if (k_unmatchable) {
      k_nulls++;
    } else {
      slot = k_slotOf(key, row);
    }
    BufferU32(k_args.slots).v[row] = slot;
  }
  k_count(k_args.counters + K_COUNTER_RIVALS, k_rivals);
  k_count(k_args.counters + K_COUNTER_NULLS, k_nulls);
}

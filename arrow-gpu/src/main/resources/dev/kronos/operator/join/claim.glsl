// SPDX-License-Identifier: Apache-2.0
//
// Finds a slot for the key of each row and claims it. Writes the slot of each row, or the capacity for
// a row that matches nothing, and counts rows that met another one.
//
// The generator defines  Keys k_buildKeysAt(uint buildRow), which sets k_unmatchable
//                        uint k_slotOf(Keys key, uint row), which counts in k_rivals

uint k_nulls = 0u;

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

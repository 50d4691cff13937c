// SPDX-License-Identifier: Apache-2.0
//
// Notes where the rows of each slot begin and end, given the slots of rows in ascending order. Slots
// without rows are left as they are; nobody looks at them.

void main() {
  for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
    uint slot = BufferU32(k_args.slots).v[i];
    if (slot >= uint(k_args.capacity)) {
      continue;
    }
    if (i == 0u || BufferU32(k_args.slots).v[i - 1u] != slot) {
      BufferU32(k_args.begins).v[slot] = i;
    }
    if (i + 1u == root.count || BufferU32(k_args.slots).v[i + 1u] != slot) {
      BufferU32(k_args.ends).v[slot] = i + 1u;
    }
  }
}

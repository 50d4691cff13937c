// SPDX-License-Identifier: Apache-2.0
//
// Finds the slot of a key in a complete table.
//
// The generator defines  Keys k_buildKeysAt(uint buildRow)

uint k_find(Keys key) {
  uint mask = uint(k_args.capacity) - 1u;
  uint slot = uint(k_keysHash(key)) & mask;
  for (uint probe = 0u; probe <= mask; probe++) {
    uint owner = BufferU32(k_args.claims).v[slot];
    if (owner == 0u) {
      return K_NONE;
    }
    if (k_keysEqual(k_buildKeysAt(owner - 1u), key)) {
      return slot;
    }
    slot = (slot + 1u) & mask;
  }
  return K_NONE;
}

// SPDX-License-Identifier: Apache-2.0
//
// Claims slots by open addressing with linear probing. A slot is claimed once, by a compare-and-swap
// from 0 to the number of the claiming row, from 1; other rows compare with the claiming row's key,
// which is in the columns all along. Nobody waits for anybody.

layout(buffer_reference, std430, buffer_reference_align = 4) coherent buffer K_Claim { uint v; };

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

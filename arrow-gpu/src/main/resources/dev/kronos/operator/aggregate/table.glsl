// SPDX-License-Identifier: Apache-2.0
//
// Open-addressing table of groups with linear probing. A slot is claimed once, by a compare-and-swap
// of its claim word from 0 to the number of the claiming row (counted over all batches, from 1).
// Nobody waits for the claimant to write the key: a slot claimed in this batch is compared by
// evaluating the keys of the claiming row again, a slot of an earlier batch by its stored key.
//
// The generator defines
//   struct Keys { uint64_t w0, ...; }        K_KEY_WORDS words; strings are (address, size)
//   Keys k_keysAt(uint row)                  evaluates the keys of a row of this batch
//   bool k_keysEqual(Keys a, Keys b)         uint64_t k_keysHash(Keys key)
//   Keys k_storedKeys(uint slot)             void k_storeKeys(uint slot, Keys key)
//   K_CLAIM, K_HASH                          indexes of the claim and hash words
//   K_STATE(word, slot)                      address of a word of a slot

const uint K_NO_SLOT = 0xFFFFFFFFu;
const uint K_LONG_PROBE = 64u;

// Groups may pass the limit by as many as are claimed at the same moment; the host then grows the
// table before it runs the deferred rows. Deferring a row is always safe.
bool k_isFull() {
  return K_SharedWord(k_args.counters + K_COUNTER_GROUPS).v >= k_args.groupLimit;
}

// Returns 0 when this row now owns the slot, else its owner.
uint64_t k_claim(uint slot, uint row) {
  uint64_t id = k_args.rowBase + uint64_t(row) + 1ul;
  uint64_t owner = atomicCompSwap(K_SharedWord(K_STATE(K_CLAIM, slot)).v, 0ul, id);
  if (owner == 0ul) {
    atomicAdd(K_WORD(k_args.counters + K_COUNTER_GROUPS), 1ul);
  }
  return owner;
}

bool k_slotHolds(uint slot, uint64_t owner, Keys key) {
  if (owner <= k_args.rowBase) {
    return k_keysEqual(k_storedKeys(slot), key);
  }
  // Evaluating another row must not report its errors as this row's.
  uint error = k_error;
  Keys other = k_keysAt(uint(owner - k_args.rowBase - 1ul));
  k_error = error;
  return k_keysEqual(other, key);
}

// Finds the slot of a key or claims one; K_NO_SLOT when a new group has no room.
uint k_findSlot(Keys key, uint row) {
  uint mask = uint(k_args.capacity) - 1u;
  uint64_t hash = k_keysHash(key);
  uint slot = uint(hash) & mask;
  for (uint probe = 0u; probe <= mask; probe++) {
    uint64_t owner = K_SharedWord(K_STATE(K_CLAIM, slot)).v;
    if (owner == 0ul) {
      if (k_isFull()) {
        return K_NO_SLOT;
      }
      owner = k_claim(slot, row);
      if (owner == 0ul) {
        K_WORD(K_STATE(K_HASH, slot)) = hash;
        k_storeKeys(slot, key);
        return slot;
      }
    }
    if (k_slotHolds(slot, owner, key)) {
      return slot;
    }
    // A limit of 0 asks for groups that are there, however far away; any other says that the table
    // will grow.
    bool growing = k_args.groupLimit != 0ul;
    if (growing && probe % K_LONG_PROBE == K_LONG_PROBE - 1u && k_isFull()) {
      return K_NO_SLOT;
    }
    slot = (slot + 1u) & mask;
  }
  return K_NO_SLOT;
}

void k_defer(uint row) {
  uint64_t counter = k_args.counters + K_COUNTER_DEFERRED;
  uint64_t index = atomicAdd(K_WORD(counter), 1ul) - k_args.deferredBase;
  BufferU32(k_args.deferred + 4ul * index).v[0] = row;
}

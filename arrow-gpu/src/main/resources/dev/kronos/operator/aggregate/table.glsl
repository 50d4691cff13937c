// SPDX-License-Identifier: Apache-2.0
//
// Open-addressing table of groups with linear probing. A slot is claimed once, by a compare-and-swap
// of its claim word from 0 to the number of the claiming row (counted over all batches, from 1).
// Nobody waits for the claimant to write hash and key. All words start as 0 and are written once, so
// that one that is not 0 is there for good; where one is 0 in a slot that was claimed in this batch,
// the keys of the claiming row are evaluated again.
//
// The generator defines
//   struct Keys { uint64_t w0, ...; }        K_KEY_WORDS words; strings are (address, size)
//   Keys k_keysAt(uint row)                  evaluates the keys of a row of this batch
//   bool k_keysEqual(Keys a, Keys b)         uint64_t k_keysHash(Keys key)
//   Keys k_storedKeys(uint slot)             void k_storeKeys(uint slot, Keys key)
//   bool k_isWhole(Keys key)                 whether no word of stored keys is 0
//   K_HASH_TELLS                             whether keys of one hash are equal
//   K_CLAIM, K_HASH                          indexes of the claim and hash words
//   K_STATE(word, slot)                      address of a word of a slot

const uint K_NO_SLOT = 0xFFFFFFFFu;
const uint K_LONG_PROBE = 16u;

// Groups that this workgroup knows of, from answers to its claims. Asking the counter for each group would
// make all that claim one wait in line at one address, so that it is asked only when the limit is near.
shared uint k_knownGroups;

void k_askGroups() {
  k_knownGroups = uint(K_SharedWord(k_args.counters + K_COUNTER_GROUPS).v);
}

bool k_isFull() {
  uint limit = uint(k_args.groupLimit);
  if (limit == 0u) {
    return true;
  }
  if (k_knownGroups >= limit / 2u && k_knownGroups < limit) {
    k_askGroups();
  }
  return k_knownGroups >= limit;
}

// All invocations of the workgroup must call it before they look for slots.
void k_tableBegin() {
  if (gl_LocalInvocationID.x == 0u) {
    k_askGroups();
  }
  barrier();
}

// Returns 0 when this row now owns the slot, else its owner. Groups may pass the limit by as many as
// are claimed before their workgroups get to know; deferring a row is always safe.
uint64_t k_claim(uint slot, uint row) {
  uint64_t id = k_args.rowBase + uint64_t(row) + 1ul;
  uint64_t owner = atomicCompSwap(K_SharedWord(K_STATE(K_CLAIM, slot)).v, 0ul, id);
  if (owner == 0ul) {
    k_knownGroups = uint(k_number(k_args.counters + K_COUNTER_GROUPS)) + 1u;
  }
  return owner;
}

// Returns the hash in a slot, or 0 where none was seen. It may be of the cache of few invocations: only
// a 0 can be out of date.
uint64_t k_hashAt(uint slot) {
  uint64_t word = K_STATE(K_HASH, slot);
  uint64_t hash = K_WORD(word);
  return hash != 0ul ? hash : K_SharedWord(word).v;
}

// Compares keys where some of what the slot's claimant wrote may not be there yet.
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

bool k_sameKeys(uint slot, Keys key) {
  if (K_HASH_TELLS) {
    return true;
  }
  Keys stored = k_storedKeys(slot);
  return k_isWhole(stored)
      ? k_keysEqual(stored, key)
      : k_slotHolds(slot, K_SharedWord(K_STATE(K_CLAIM, slot)).v, key);
}

// Finds the slot of a key or claims one; K_NO_SLOT when a new group has no room. Looks at each slot once
// at most, whatever is in them.
uint k_findSlot(Keys key, uint row) {
  uint mask = uint(k_args.capacity) - 1u;
  uint64_t hash = k_keysHash(key);
  uint slot = uint(hash) & mask;
  for (uint probe = 0u; probe <= mask; probe++) {
    uint64_t stored = k_hashAt(slot);
    if (stored != 0ul) {
      if (stored == hash && k_sameKeys(slot, key)) {
        return slot;
      }
    } else {
      uint64_t owner = K_SharedWord(K_STATE(K_CLAIM, slot)).v;
      if (owner == 0ul) {
        if (k_isFull()) {
          return K_NO_SLOT;
        }
        owner = k_claim(slot, row);
        if (owner == 0ul) {
          K_SharedWord(K_STATE(K_HASH, slot)).v = hash;
          k_storeKeys(slot, key);
          return slot;
        }
      }
      if (k_slotHolds(slot, owner, key)) {
        return slot;
      }
    }
    // A limit of 0 asks for groups that are there, however far away; any other says that the table
    // will grow.
    if (k_args.groupLimit != 0ul && probe % K_LONG_PROBE == K_LONG_PROBE - 1u) {
      k_askGroups();
      if (k_isFull()) {
        return K_NO_SLOT;
      }
    }
    slot = (slot + 1u) & mask;
  }
  return K_NO_SLOT;
}

void k_defer(uint row) {
  uint64_t index = k_number(k_args.counters + K_COUNTER_DEFERRED) - k_args.deferredBase;
  BufferU32(k_args.deferred + 4ul * index).v[0] = row;
}

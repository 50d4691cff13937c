// SPDX-License-Identifier: Apache-2.0
//
// A small table of groups in the shared memory of a workgroup. Where few groups take most rows, their
// counts and sums are gathered here and added to global memory once a workgroup. A group is known by
// its slot in the global table, so no keys are kept. Sums are limbs of 32 bits, because 64-bit atomics
// on shared memory are not to be had everywhere; as in global memory, a limb that wraps carries once.
//
// The generator defines K_LOCAL_SLOTS, a power of two, K_LOCAL_LIMBS and K_LOCAL_MARKS (at least 1).
// Where a workgroup has few rows, fewer places are used: all are cleared before and visited after.

const uint K_LOCAL_PROBES = 4u;
const uint K_LOCAL_ROWS = 8u;
const uint K_LEAST_PLACES = 64u;

shared uint k_localSlots[K_LOCAL_SLOTS];
shared uint k_localLimbs[K_LOCAL_LIMBS * K_LOCAL_SLOTS];
shared uint k_localMarks[K_LOCAL_MARKS * K_LOCAL_SLOTS];

// Returns how many places this workgroup uses, a power of two.
uint k_places() {
  uint wanted = root.count / (gl_NumWorkGroups.x * K_LOCAL_ROWS);
  uint places = 1u << uint(findMSB(max(wanted, K_LEAST_PLACES)));
  return min(places, K_LOCAL_SLOTS);
}

void k_localClear() {
  uint places = k_places();
  for (uint place = gl_LocalInvocationID.x; place < places; place += WORKGROUP_SIZE) {
    k_localSlots[place] = K_NO_SLOT;
    for (uint limb = 0u; limb < K_LOCAL_LIMBS; limb++) {
      k_localLimbs[limb * K_LOCAL_SLOTS + place] = 0u;
    }
    for (uint word = 0u; word < K_LOCAL_MARKS; word++) {
      k_localMarks[word * K_LOCAL_SLOTS + place] = 0u;
    }
  }
  barrier();
}

// Returns the place of a group here, or K_NO_SLOT when the table is full where it would go.
uint k_localFind(uint slot) {
  uint last = k_places() - 1u;
  uint place = (slot * 0x9E3779B1u) >> 16;
  for (uint probe = 0u; probe < K_LOCAL_PROBES; probe++) {
    place &= last;
    uint owner = k_localSlots[place];
    if (owner == K_NO_SLOT) {
      owner = atomicCompSwap(k_localSlots[place], K_NO_SLOT, slot);
    }
    if (owner == slot || owner == K_NO_SLOT) {
      return place;
    }
    place++;
  }
  return K_NO_SLOT;
}

void k_localMark(uint word, uint place, uint bit) {
  uint index = word * K_LOCAL_SLOTS + place;
  if ((k_localMarks[index] & bit) == 0u) {
    atomicOr(k_localMarks[index], bit);
  }
}

void k_localCount(uint limb, uint place) {
  atomicAdd(k_localLimbs[limb * K_LOCAL_SLOTS + place], 1u);
}

uint k_localAdd(uint limb, uint place, uint addend, uint carry) {
  uint sum = addend + carry;
  uint lost = uint(sum < carry);
  if (sum == 0u) {
    return lost;
  }
  uint before = atomicAdd(k_localLimbs[limb * K_LOCAL_SLOTS + place], sum);
  return lost + uint(before + sum < sum);
}

void k_localSum2(uint limb, uint place, uint64_t w0) {
  uint carry = k_localAdd(limb, place, uint(w0), 0u);
  k_localAdd(limb + 1u, place, uint(w0 >> 32), carry);
}

void k_localSum3(uint limb, uint place, uint64_t w0, uint64_t w1) {
  uint carry = k_localAdd(limb, place, uint(w0), 0u);
  carry = k_localAdd(limb + 1u, place, uint(w0 >> 32), carry);
  k_localAdd(limb + 2u, place, uint(w1), carry);
}

void k_localSum4(uint limb, uint place, uint64_t w0, uint64_t w1) {
  uint carry = k_localAdd(limb, place, uint(w0), 0u);
  carry = k_localAdd(limb + 1u, place, uint(w0 >> 32), carry);
  carry = k_localAdd(limb + 2u, place, uint(w1), carry);
  k_localAdd(limb + 3u, place, uint(w1 >> 32), carry);
}

void k_localSum5(uint limb, uint place, uint64_t w0, uint64_t w1, uint64_t w2) {
  uint carry = k_localAdd(limb, place, uint(w0), 0u);
  carry = k_localAdd(limb + 1u, place, uint(w0 >> 32), carry);
  carry = k_localAdd(limb + 2u, place, uint(w1), carry);
  carry = k_localAdd(limb + 3u, place, uint(w1 >> 32), carry);
  k_localAdd(limb + 4u, place, uint(w2), carry);
}

uint k_localLimb(uint limb, uint place) {
  return k_localLimbs[limb * K_LOCAL_SLOTS + place];
}

uint64_t k_localWord(uint limb, uint place) {
  return uint64_t(k_localLimb(limb, place)) | uint64_t(k_localLimb(limb + 1u, place)) << 32;
}

uint64_t k_localTop(uint limb, uint place) {
  return uint64_t(int64_t(int(k_localLimb(limb, place))));
}

void k_localFlushCount(uint limb, uint place, uint64_t address) {
  k_add1(address, uint64_t(k_localLimb(limb, place)));
}

void k_localFlush2(uint limb, uint place, uint64_t address) {
  k_add1(address, k_localWord(limb, place));
}

void k_localFlush3(uint limb, uint place, uint64_t address) {
  k_add2(address, k_localWord(limb, place), k_localTop(limb + 2u, place));
}

void k_localFlush4(uint limb, uint place, uint64_t address) {
  k_add2(address, k_localWord(limb, place), k_localWord(limb + 2u, place));
}

void k_localFlush5(uint limb, uint place, uint64_t address) {
  uint64_t w1 = k_localWord(limb + 2u, place);
  k_add3(address, k_localWord(limb, place), w1, k_localTop(limb + 4u, place));
}

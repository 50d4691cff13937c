// SPDX-License-Identifier: Apache-2.0
//
// Superaccumulators of the groups in shared memory: two limbs a word, from `limb` on.

void k_localPart(uint limb, uint word, uint place, int64_t part) {
  uint at = limb + 2u * word;
  uint carry = k_localAdd(at, place, uint(part), 0u);
  k_localAdd(at + 1u, place, uint(part >> 32), carry);
}

void k_localFloat(uint limb, uint place, uint64_t address, double x) {
  if (!k_isFinite(x)) {
    superaccumulator_add(address, x);
    return;
  }
  K_Parts parts = k_parts(x);
  k_localPart(limb, parts.limb, place, parts.a);
  k_localPart(limb, parts.limb + 1u, place, parts.b);
  k_localPart(limb, parts.limb + 2u, place, parts.c);
}

void k_localFlushFloat(uint limb, uint place, uint64_t address) {
  for (uint word = 0u; word < SUPERACCUMULATOR_LIMBS; word++) {
    uint64_t part = k_localWord(limb + 2u * word, place);
    if (part != 0ul) {
      atomicAdd(BufferU64(address).v[word], part);
    }
  }
}

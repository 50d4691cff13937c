// SPDX-License-Identifier: Apache-2.0
//
// Sums of 64, 128 and 192 bits in 64-bit words, two's complement, least word first.
// Memory is updated by integer atomics with carries, which give the same sum in any order: the adds
// on each word are totally ordered, and an add that wraps a word carries exactly once.

void k_add1(uint64_t address, uint64_t w0) {
  atomicAdd(K_WORD(address), w0);
}

void k_add2(uint64_t address, uint64_t w0, uint64_t w1) {
  uint64_t before = atomicAdd(K_WORD(address), w0);
  w1 += uint64_t(before + w0 < w0);
  if (w1 != 0ul) {
    atomicAdd(K_WORD(address + 8ul), w1);
  }
}

void k_add3(uint64_t address, uint64_t w0, uint64_t w1, uint64_t w2) {
  uint64_t before = atomicAdd(K_WORD(address), w0);
  uint64_t carry = uint64_t(before + w0 < w0);
  uint64_t middle = w1 + carry;
  w2 += uint64_t(middle < carry);
  if (middle != 0ul) {
    before = atomicAdd(K_WORD(address + 8ul), middle);
    w2 += uint64_t(before + middle < middle);
  }
  if (w2 != 0ul) {
    atomicAdd(K_WORD(address + 16ul), w2);
  }
}

void k_sum1(inout uint64_t s0, uint64_t w0) {
  s0 += w0;
}

void k_sum2(inout uint64_t s0, inout uint64_t s1, uint64_t w0, uint64_t w1) {
  s0 += w0;
  s1 += w1 + uint64_t(s0 < w0);
}

void k_sum3(
    inout uint64_t s0, inout uint64_t s1, inout uint64_t s2, uint64_t w0, uint64_t w1, uint64_t w2) {
  s0 += w0;
  uint64_t carry = uint64_t(s0 < w0);
  uint64_t middle = w1 + carry;
  s2 += w2 + uint64_t(middle < carry);
  s1 += middle;
  s2 += uint64_t(s1 < middle);
}

// A word changes seldom once it holds an extreme, so looking first saves most atomics.
void k_max1(uint64_t address, uint64_t key) {
  if (key > K_WORD(address)) {
    atomicMax(K_WORD(address), key);
  }
}

void k_mark(uint64_t address, uint64_t bits) {
  if ((K_WORD(address) & bits) != bits) {
    atomicOr(K_WORD(address), bits);
  }
}

// The first row has the greatest complement of its number, from 1; 0 stands for no row.
uint64_t k_firstRow(uint64_t complement) {
  return complement == 0ul ? 0ul : ~complement;
}

// Keys whose unsigned order is the order of the values: integers with the sign bit flipped; floats
// with all bits flipped when negative, else the sign bit, and every NaN above infinity.
uint64_t k_orderLong(int64_t value) {
  return uint64_t(value) ^ 0x8000000000000000ul;
}

int64_t k_unorderLong(uint64_t key) {
  return int64_t(key ^ 0x8000000000000000ul);
}

uint k_orderFloat(float value) {
  uint bits = floatBitsToUint(value);
  if ((bits & 0x7FFFFFFFu) > 0x7F800000u) {
    bits = 0x7FC00000u;
  }
  return bits ^ (uint(int(bits) >> 31) | 0x80000000u);
}

// The least of floats, in the order of their keys but by fewer instructions a float. Of bits without sign: those of the
// least float are the greatest of negative numbers, moved so that NaNs of either sign come out below those, or else the
// least of all.
void k_leastAdd(inout uint negative, inout uint least, float value) {
  uint bits = floatBitsToUint(value);
  negative = max(negative, bits + 0x007FFFFFu);
  least = min(least, bits);
}

uint k_leastKey(uint negative, uint least) {
  return k_orderFloat(uintBitsToFloat(negative >= 0x807FFFFFu ? negative - 0x007FFFFFu : least));
}

// The greatest: a NaN with a sign where there is one, or else what is no less than 0 or a NaN without, or else the
// least of the bits of negative numbers.
void k_greatestAdd(inout int positive, inout uint least, inout uint most, float value) {
  uint bits = floatBitsToUint(value);
  positive = max(positive, int(bits));
  least = min(least, bits);
  most = max(most, bits);
}

uint k_greatestKey(int positive, uint least, uint most) {
  uint bits = positive < 0 ? least : uint(positive);
  return k_orderFloat(uintBitsToFloat(most > 0xFF800000u ? most : bits));
}

float k_unorderFloat(uint64_t key) {
  uint bits = uint(key);
  return uintBitsToFloat((bits >> 31) != 0u ? bits & 0x7FFFFFFFu : ~bits);
}

uint64_t k_orderDouble(double value) {
  uint64_t bits = doubleBitsToUint64(value);
  if ((bits & 0x7FFFFFFFFFFFFFFFul) > 0x7FF0000000000000ul) {
    bits = 0x7FF8000000000000ul;
  }
  return (bits >> 63) != 0ul ? ~bits : bits | 0x8000000000000000ul;
}

double k_unorderDouble(uint64_t key) {
  return uint64BitsToDouble((key >> 63) != 0ul ? key & 0x7FFFFFFFFFFFFFFFul : ~key);
}

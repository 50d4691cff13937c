// SPDX-License-Identifier: Apache-2.0
//
// An exact sum of doubles: a fixed-point number as wide as the whole range of double, held in 64-bit words of 32-bit
// weight so that carries can wait (a long accumulator: U. Kulisch, "Computer Arithmetic and Validity"). Additions are
// integer atomics, so the sum has the same bits whatever their order.
//
//   544 bytes, 8-aligned; all zero = empty
//     0  int64_t limb[67]    value = sum of limb[i] * 2^(32 i - 1074)
//   536  uint flags          1 = a NaN was added, 2 = +infinity, 4 = -infinity
//   540  uint reserved
// A limb holds 2^30 additions; call superaccumulator_normalise at least that often.
//
//   const uint SUPERACCUMULATOR_BYTES = 544
//   void superaccumulator_add(uint64_t address, double x)                  any thread, any time
//   void superaccumulator_merge(uint64_t target, uint64_t source)          adds a normalised source; any thread, source at rest
//   void superaccumulator_normalise(uint64_t address)                      one thread, accumulator at rest
//   double superaccumulator_read(uint64_t address)                         one thread, at rest; normalises; nearest even
#ifndef KRONOS_SUPERACCUMULATOR_GLSL
#define KRONOS_SUPERACCUMULATOR_GLSL

#include "abi.glsl"
#include "types.glsl"
#include "float.glsl"

const uint SUPERACCUMULATOR_BYTES = 544u;
const uint SUPERACCUMULATOR_LIMBS = 67u;
const uint SUPERACCUMULATOR_FLAGS = 134u;
const uint SUPERACCUMULATOR_NAN = 1u;
const uint SUPERACCUMULATOR_PLUS = 2u;
const uint SUPERACCUMULATOR_MINUS = 4u;

void superaccumulator_add_limb(uint64_t address, uint index, uint64_t part, bool negative) {
  if (part != 0ul) {
    atomicAdd(BufferI64(address).v[index], negative ? -int64_t(part) : int64_t(part));
  }
}

void superaccumulator_flag(uint64_t address, uint flag) {
  atomicOr(BufferU32(address).v[SUPERACCUMULATOR_FLAGS], flag);
}

void superaccumulator_add(uint64_t address, double x) {
  uint64_t bits = f64_bits(x);
  bool negative = (bits & F64_SIGN) != 0ul;
  uint64_t size = bits & ~F64_SIGN;
  if (size >= F64_INFINITY) {
    uint infinite = negative ? SUPERACCUMULATOR_MINUS : SUPERACCUMULATOR_PLUS;
    superaccumulator_flag(address, size == F64_INFINITY ? infinite : SUPERACCUMULATOR_NAN);
    return;
  }
  uint field = uint(size >> 52);
  uint64_t m = size & F64_FRACTION;
  uint position = 0u;
  if (field != 0u) {
    m |= F64_FRACTION + 1ul;
    position = field - 1u;
  }
  u128 shifted = u128_shl(u128(m, 0ul), position & 31u);
  uint limb = position >> 5;
  superaccumulator_add_limb(address, limb, shifted.lo & U64_LOW, negative);
  superaccumulator_add_limb(address, limb + 1u, shifted.lo >> 32, negative);
  superaccumulator_add_limb(address, limb + 2u, shifted.hi, negative);
}

void superaccumulator_merge(uint64_t target, uint64_t source) {
  for (uint i = 0u; i < SUPERACCUMULATOR_LIMBS; i++) {
    int64_t part = BufferI64(source).v[i];
    if (part != 0l) {
      atomicAdd(BufferI64(target).v[i], part);
    }
  }
  uint flags = BufferU32(source).v[SUPERACCUMULATOR_FLAGS];
  if (flags != 0u) {
    superaccumulator_flag(target, flags);
  }
}

// Tells where a normalised sum begins: its lowest limb that is not zero, or the last one, and the highest ones that are not
// zero and not all ones, or limb 0.
struct SuperaccumulatorEnds {
  int lowest;
  int highest;
  int highestNegative;
};

// Limbs that are read together, for one at a time each would wait for the store before it; a divisor of 66.
const uint SUPERACCUMULATOR_BATCH = 11u;

// Leaves limbs 0..65 in 0..2^32-1 and the sign in the last one.
SuperaccumulatorEnds superaccumulator_carry(uint64_t address) {
  int last = int(SUPERACCUMULATOR_LIMBS) - 1;
  SuperaccumulatorEnds ends = SuperaccumulatorEnds(last, 0, 0);
  int64_t carry = 0l;
  for (int first = 0; first < last; first += int(SUPERACCUMULATOR_BATCH)) {
    int64_t limbs[SUPERACCUMULATOR_BATCH];
    [[unroll]] for (uint j = 0u; j < SUPERACCUMULATOR_BATCH; j++) {
      limbs[j] = BufferI64(address).v[first + int(j)];
    }
    [[unroll]] for (uint j = 0u; j < SUPERACCUMULATOR_BATCH; j++) {
      int i = first + int(j);
      int64_t sum = limbs[j] + carry;
      uint64_t limb = uint64_t(sum) & U64_LOW;
      carry = sum >> 32;
      BufferI64(address).v[i] = int64_t(limb);
      ends.lowest = limb != 0ul ? min(ends.lowest, i) : ends.lowest;
      ends.highest = limb != 0ul ? i : ends.highest;
      ends.highestNegative = limb != U64_LOW ? i : ends.highestNegative;
    }
  }
  carry += BufferI64(address).v[last];
  BufferI64(address).v[last] = carry;
  ends.highest = carry != 0l ? last : ends.highest;
  ends.highestNegative = carry != -1l ? last : ends.highestNegative;
  return ends;
}

void superaccumulator_normalise(uint64_t address) {
  superaccumulator_carry(address);
}

// Limb i of the magnitude; `lowest` is the first limb that is not zero.
uint64_t superaccumulator_limb(uint64_t address, int i, int lowest, bool negative) {
  if (i < lowest) {
    return 0ul;
  }
  uint64_t limb = BufferU64(address).v[i];
  if (negative) {
    limb = i == lowest ? ~limb + 1ul : ~limb;
    limb = i + 1 < int(SUPERACCUMULATOR_LIMBS) ? limb & U64_LOW : limb;
  }
  return limb;
}

double superaccumulator_round(uint64_t address, SuperaccumulatorEnds ends) {
  bool negative = BufferI64(address).v[int(SUPERACCUMULATOR_LIMBS) - 1] < 0l;
  int lowest = ends.lowest;
  int top = negative ? max(ends.highestNegative, lowest) : ends.highest;
  uint64_t high = superaccumulator_limb(address, top, lowest, negative);
  uint64_t middle = superaccumulator_limb(address, top - 1, lowest, negative);
  uint64_t low = superaccumulator_limb(address, top - 2, lowest, negative);
  bool sticky = lowest < top - 2;
  return f64_from_parts(u128((middle << 32) | low, high), sticky, 32 * (top - 2) - 1074, negative);
}

double superaccumulator_read(uint64_t address) {
  SuperaccumulatorEnds ends = superaccumulator_carry(address);
  uint flags = BufferU32(address).v[SUPERACCUMULATOR_FLAGS];
  uint infinities = SUPERACCUMULATOR_PLUS | SUPERACCUMULATOR_MINUS;
  if ((flags & SUPERACCUMULATOR_NAN) != 0u || (flags & infinities) == infinities) {
    return f64_of(F64_NAN);
  }
  if (flags != 0u) {
    return f64_of((flags & SUPERACCUMULATOR_PLUS) != 0u ? F64_INFINITY : F64_INFINITY | F64_SIGN);
  }
  return superaccumulator_round(address, ends);
}

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Atomic accumulators in global memory, all from 32- and 64-bit integer atomics. The final value of a sum is the same
// in whatever order the additions arrive. Read a sum only after all additions are done and made visible.
//
//   void atomic_add_u64(uint64_t address, uint64_t x)        void atomic_add_i64(uint64_t address, int64_t x)
//   void atomic_add_i128(uint64_t address, i128 x)           2 words, wraps
//   void atomic_add_i192(uint64_t address, i128 x)           3 words, x sign-extended: exact for any count of i128s below 2^64
//   bool i192_load(uint64_t address, out i128 value)         false when the sum does not fit 128 bits
//   void atomic_min_u64/atomic_max_u64(uint64_t address, uint64_t x)     atomic_min_i64/atomic_max_i64(uint64_t address, int64_t x)
//   doubles and floats: atomic_min_u64(address, f64_order_key(x)), start with U64_MAX for min and 0 for max
//   f32 keys: atomic_min_u32/atomic_max_u32(uint64_t address, uint x)
#ifndef KRONOS_ATOMICS_GLSL
#define KRONOS_ATOMICS_GLSL

#include "abi.glsl"
#include "types.glsl"
#include "int128.glsl"

void atomic_add_u64(uint64_t address, uint64_t x) {
  atomicAdd(BufferU64(address).v[0], x);
}

void atomic_add_i64(uint64_t address, int64_t x) {
  atomicAdd(BufferI64(address).v[0], x);
}

// Adds x + carry to one word and returns the carry out: each atomic sees its own wrap-around, so the carries of all
// additions together are exact although they arrive in any order.
uint64_t atomic_add_word(uint64_t address, uint index, uint64_t x, uint64_t carry) {
  uint64_t addend = x + carry;
  uint64_t lost = uint64_t(addend < x);
  if (addend == 0ul) {
    return lost;
  }
  uint64_t old = atomicAdd(BufferU64(address).v[index], addend);
  return lost + uint64_t(old + addend < old);
}

void atomic_add_i128(uint64_t address, i128 x) {
  uint64_t carry = atomic_add_word(address, 0u, x.lo, 0ul);
  atomic_add_word(address, 1u, uint64_t(x.hi), carry);
}

void atomic_add_i192(uint64_t address, i128 x) {
  uint64_t carry = atomic_add_word(address, 0u, x.lo, 0ul);
  carry = atomic_add_word(address, 1u, uint64_t(x.hi), carry);
  atomic_add_word(address, 2u, uint64_t(x.hi >> 63), carry);
}

bool i192_load(uint64_t address, out i128 value) {
  value = i128(BufferU64(address).v[0], BufferI64(address).v[1]);
  return BufferI64(address).v[2] == (value.hi >> 63);
}

void atomic_min_u32(uint64_t address, uint x) {
  atomicMin(BufferU32(address).v[0], x);
}

void atomic_max_u32(uint64_t address, uint x) {
  atomicMax(BufferU32(address).v[0], x);
}

void atomic_min_u64(uint64_t address, uint64_t x) {
  atomicMin(BufferU64(address).v[0], x);
}

void atomic_max_u64(uint64_t address, uint64_t x) {
  atomicMax(BufferU64(address).v[0], x);
}

void atomic_min_i64(uint64_t address, int64_t x) {
  atomicMin(BufferI64(address).v[0], x);
}

void atomic_max_i64(uint64_t address, int64_t x) {
  atomicMax(BufferI64(address).v[0], x);
}

#endif

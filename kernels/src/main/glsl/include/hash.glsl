// SPDX-License-Identifier: Apache-2.0
//
// 64-bit hashes of grouping and join keys, for tables on the device. They are not Spark's hash functions: nothing
// outside the device sees them. Equal values (NaN = NaN, -0.0 = 0.0) hash alike.
// Mixing function: the 64-bit finaliser of D. Stafford ("Better Bit Mixing", mix 13), as in SplitMix64.
//
//   uint64_t hash_mix(uint64_t x)                      bijective
//   uint64_t hash_combine(uint64_t h, uint64_t key)    folds one more key word into h; start with HASH_SEED
//   uint64_t hash_null(uint64_t h)                     folds a null key
//   uint64_t hash_bool/hash_i32/hash_i64/hash_i128/hash_f32/hash_f64(uint64_t h, T value)    (strings: str_hash in string.glsl)
#ifndef KRONOS_HASH_GLSL
#define KRONOS_HASH_GLSL

#include "abi.glsl"
#include "int128.glsl"
#include "float.glsl"

const uint64_t HASH_SEED = 0x9E3779B97F4A7C15ul;
const uint64_t HASH_NULL = 0xD1B54A32D192ED03ul;

uint64_t hash_mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ul;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBul;
  return x ^ (x >> 31);
}

uint64_t hash_combine(uint64_t h, uint64_t key) {
  return hash_mix(h * 0x9E3779B97F4A7C15ul + key);
}

uint64_t hash_null(uint64_t h) {
  return hash_combine(h, HASH_NULL);
}

uint64_t hash_bool(uint64_t h, bool value) {
  return hash_combine(h, value ? 1ul : 0ul);
}

uint64_t hash_i32(uint64_t h, int value) {
  return hash_combine(h, uint64_t(i64_from_i32(value)));
}

uint64_t hash_i64(uint64_t h, int64_t value) {
  return hash_combine(h, uint64_t(value));
}

uint64_t hash_i128(uint64_t h, i128 value) {
  return hash_combine(hash_combine(h, value.lo), uint64_t(value.hi));
}

uint64_t hash_f32(uint64_t h, float value) {
  return hash_combine(h, uint64_t(f32_normal_bits(value)));
}

uint64_t hash_f64(uint64_t h, double value) {
  return hash_combine(h, f64_normal_bits(value));
}

#endif

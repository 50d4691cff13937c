// SPDX-License-Identifier: Apache-2.0
// The fewest big-endian bytes that hold a 128-bit number, as Java's BigInteger.toByteArray gives them.
#ifndef KRONOS_FEWEST_BYTES_GLSL
#define KRONOS_FEWEST_BYTES_GLSL

#include "int128.glsl"
#include "string.glsl"

// `size` bytes, 1 to 16: the first 8 in `first`, the first of them lowest, the others in `second`.
struct FewestBytes {
  uint size;
  uint64_t first;
  uint64_t second;
};

FewestBytes fewest_bytes(i128 v) {
  uint64_t sign = v.hi < 0l ? ~0ul : 0ul;
  uint bits = 128u - u128_clz(u128(v.lo ^ sign, uint64_t(v.hi) ^ sign));
  uint size = (bits >> 3) + 1u;
  // The first of the bytes goes to the top, from where they are read in their order.
  u128 top = u128_shl(u128(v.lo, uint64_t(v.hi)), (16u - size) * 8u);
  return FewestBytes(size, str_big_endian(top.hi), str_big_endian(top.lo));
}

#endif

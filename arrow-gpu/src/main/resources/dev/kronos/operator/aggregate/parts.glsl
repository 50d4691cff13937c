// SPDX-License-Identifier: Apache-2.0
//
// Takes a finite double apart as superaccumulator.glsl counts its words: three parts of 32-bit weight,
// with the double's sign, from word `limb` on.

struct K_Parts {
  uint limb;
  int64_t a;
  int64_t b;
  int64_t c;
};

bool k_isFinite(double x) {
  return (f64_bits(x) & ~F64_SIGN) < F64_INFINITY;
}

K_Parts k_parts(double x) {
  uint64_t bits = f64_bits(x);
  uint64_t size = bits & ~F64_SIGN;
  uint field = uint(size >> 52);
  uint64_t m = size & F64_FRACTION;
  uint position = 0u;
  if (field != 0u) {
    m |= F64_FRACTION + 1ul;
    position = field - 1u;
  }
  u128 shifted = u128_shl(u128(m, 0ul), position & 31u);
  int64_t sign = (bits & F64_SIGN) != 0ul ? -1l : 1l;
  return K_Parts(
      position >> 5,
      sign * int64_t(shifted.lo & U64_LOW),
      sign * int64_t(shifted.lo >> 32),
      sign * int64_t(shifted.hi));
}

// SPDX-License-Identifier: Apache-2.0
//
// Three words of a superaccumulator in registers. Values of like magnitude fall into the same words,
// so that most additions cost no atomics.

struct K_Window {
  uint limb;
  int64_t a;
  int64_t b;
  int64_t c;
};

void k_windowAddLimb(uint64_t address, uint limb, int64_t part) {
  if (part != 0l) {
    atomicAdd(BufferI64(address).v[limb], part);
  }
}

void k_windowSpill(inout K_Window window, uint64_t address) {
  k_windowAddLimb(address, window.limb, window.a);
  k_windowAddLimb(address, window.limb + 1u, window.b);
  k_windowAddLimb(address, window.limb + 2u, window.c);
  window.a = 0l;
  window.b = 0l;
  window.c = 0l;
}

void k_windowAdd(inout K_Window window, uint64_t address, double x) {
  uint64_t bits = f64_bits(x);
  uint64_t size = bits & ~F64_SIGN;
  if (size >= F64_INFINITY) {
    superaccumulator_add(address, x);
    return;
  }
  uint field = uint(size >> 52);
  uint64_t m = size & F64_FRACTION;
  uint position = 0u;
  if (field != 0u) {
    m |= F64_FRACTION + 1ul;
    position = field - 1u;
  }
  uint limb = position >> 5;
  if (limb != window.limb) {
    k_windowSpill(window, address);
    window.limb = limb;
  }
  u128 parts = u128_shl(u128(m, 0ul), position & 31u);
  int64_t sign = (bits & F64_SIGN) != 0ul ? -1l : 1l;
  window.a += sign * int64_t(parts.lo & U64_LOW);
  window.b += sign * int64_t(parts.lo >> 32);
  window.c += sign * int64_t(parts.hi);
}

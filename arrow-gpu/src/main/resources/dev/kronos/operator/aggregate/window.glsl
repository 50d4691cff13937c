// SPDX-License-Identifier: Apache-2.0
//
// Exact sums of doubles without keys. An invocation keeps the three words of a superaccumulator around
// its last value in registers, for values of like magnitude fall into the same words. They spill to
// the workgroup's words in shared memory, as pairs of 32 bits, and those go to global memory once.
//
// The generator defines K_FLOAT_SUMS, the number of sums.

const uint K_FLOAT_WORDS = SUPERACCUMULATOR_LIMBS;

shared uint k_floatLimbs[K_FLOAT_SUMS * 2 * K_FLOAT_WORDS];

void k_floatClear() {
  for (uint i = gl_LocalInvocationID.x; i < K_FLOAT_SUMS * 2 * K_FLOAT_WORDS;
      i += WORKGROUP_SIZE) {
    k_floatLimbs[i] = 0u;
  }
  barrier();
}

void k_floatAdd(uint sum, uint word, int64_t part) {
  uint index = (sum * K_FLOAT_WORDS + word) * 2u;
  uint low = uint(part);
  uint high = uint(part >> 32);
  if (low != 0u) {
    uint before = atomicAdd(k_floatLimbs[index], low);
    high += uint(before + low < low);
  }
  if (high != 0u) {
    atomicAdd(k_floatLimbs[index + 1u], high);
  }
}

void k_windowSpill(inout K_Parts window, uint sum) {
  k_floatAdd(sum, window.limb, window.a);
  k_floatAdd(sum, window.limb + 1u, window.b);
  k_floatAdd(sum, window.limb + 2u, window.c);
  window.a = 0l;
  window.b = 0l;
  window.c = 0l;
}

void k_windowAdd(inout K_Parts window, uint sum, uint64_t address, double x) {
  if (!k_isFinite(x)) {
    superaccumulator_add(address, x);
    return;
  }
  K_Parts parts = k_parts(x);
  if (parts.limb != window.limb) {
    k_windowSpill(window, sum);
    window.limb = parts.limb;
  }
  window.a += parts.a;
  window.b += parts.b;
  window.c += parts.c;
}

// All invocations of the workgroup must call it, after their last addition.
void k_windowPublish(inout K_Parts window, uint sum, uint64_t address) {
  k_windowSpill(window, sum);
  barrier();
  uint word = gl_LocalInvocationID.x;
  if (word < K_FLOAT_WORDS) {
    uint index = (sum * K_FLOAT_WORDS + word) * 2u;
    uint64_t part = uint64_t(k_floatLimbs[index]) | uint64_t(k_floatLimbs[index + 1u]) << 32;
    if (part != 0ul) {
      atomicAdd(BufferU64(address).v[word], part);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
//
// Exact sums of floats without keys, by additions of doubles that round nothing: an invocation adds
// floats of K_NARROW_SPAN exponents, from `lowest` on, to a double. They are multiples of
// 2^(lowest - 150) and less than 2^(lowest - 150 + 47), so that 32 of them and a sum below
// 2^(lowest - 150 + 52) make less than 2^53 such multiples. Sums that grow beyond that, and those of
// other exponents, go to the words of window.glsl. No rounding mode and no order changes a bit.

const uint K_NARROW_SPAN = 24u;

// Where an invocation starts: floats from 2^-18 to 2^6.
const uint K_NARROW_START = 109u << 24;

struct K_Narrow {
  double sum;
  // The exponent's field of the least floats that are added, at the place where floats without sign
  // have it once shifted left by one: from 1 to 231.
  uint lowest;
};

void k_narrowSpill(inout K_Narrow narrow, uint sum) {
  K_Parts parts = k_parts(narrow.sum);
  k_windowSpill(parts, sum);
  narrow.sum = 0.0lf;
}

// Moves the exponents to those around x's.
void k_narrowMove(inout K_Narrow narrow, uint sum, uint64_t address, float x) {
  uint size = f32_bits(x) << 1;
  if (size == 0u) {
    return;
  }
  if (size < 0x01000000u || size >= 0xFF000000u) {
    // Subnormal, infinite or NaN. Devices may flush the first, so integers make them doubles.
    superaccumulator_add(address, f32_to_f64(x));
    return;
  }
  k_narrowSpill(narrow, sum);
  // Sums have room to grow, and most floats of a column are less than its greatest.
  narrow.lowest = (clamp(size >> 24, 19u, 249u) - 18u) << 24;
  narrow.sum = double(x);
}

void k_narrowAdd(inout K_Narrow narrow, uint sum, uint64_t address, float x) {
  uint above = (f32_bits(x) << 1) - narrow.lowest;
  if (above < (K_NARROW_SPAN << 24)) {
    narrow.sum += double(x);
  } else {
    k_narrowMove(narrow, sum, address, x);
  }
}

// To be called at least once for every 32 additions.
void k_narrowSettle(inout K_Narrow narrow, uint sum) {
  uint high = uint(f64_bits(narrow.sum) >> 32) & 0x7FFFFFFFu;
  if (high >= (narrow.lowest >> 4) + ((1023u - 150u + 52u) << 20)) {
    k_narrowSpill(narrow, sum);
  }
}

// All invocations of the workgroup must call it, after their last addition.
void k_narrowPublish(inout K_Narrow narrow, uint sum, uint64_t address) {
  K_Parts parts = k_parts(narrow.sum);
  k_windowPublish(parts, sum, address);
}

// SPDX-License-Identifier: Apache-2.0
//
// Sums of the rows of a frame, from running sums of parts of their values: 32 bits each, the most significant
// part signed. Fewer than 2^31 rows cannot wrap a part's sum of 64 bits, so that differences are exact.

// What the rows from `lower` to before `upper` add to running sums.
uint64_t k_difference(uint64_t sums, uint lower, uint upper) {
  return BufferU64(sums).v[upper] - BufferU64(sums).v[lower];
}

i128 k_sum1(uint64_t a, inout bool overflow) {
  return i128_from_i64(int64_t(a));
}

i128 k_sum2(uint64_t a, uint64_t b, inout bool overflow) {
  uint64_t lo = a + (b << 32);
  return i128(lo, (int64_t(b) >> 32) + int64_t(lo < a ? 1ul : 0ul));
}

i128 k_sum4(uint64_t a, uint64_t b, uint64_t c, uint64_t d, inout bool overflow) {
  uint64_t lo = a + (b << 32);
  uint64_t carry = (b >> 32) + (lo < a ? 1ul : 0ul);
  uint64_t middle = c + (d << 32);
  int64_t top = (int64_t(d) >> 32) + int64_t(middle < c ? 1ul : 0ul);
  uint64_t hi = middle + carry;
  top += int64_t(hi < middle ? 1ul : 0ul);
  overflow = overflow || top != (int64_t(hi) >> 63);
  return i128(lo, int64_t(hi));
}

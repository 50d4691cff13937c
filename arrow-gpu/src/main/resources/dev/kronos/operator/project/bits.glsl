// SPDX-License-Identifier: Apache-2.0
//
// Bits of 32 rows of a column, anything where there are no rows. Read by bytes: sliced columns begin at any bit.

uint k_bits(uint64_t bits, uint first, uint end) {
  uint64_t bytes = 0ul;
  for (uint i = 0u; i < 5u; i++) {
    uint byte = (first >> 3) + i;
    if (byte <= (end - 1u) >> 3) {
      bytes |= uint64_t(BufferU8(bits).v[byte]) << (8u * i);
    }
  }
  return uint(bytes >> (first & 7u));
}

uint k_valid(Column c, uint word) {
  return c.validity == 0ul ? ~0u : k_bits(c.validity, word * 32u + c.bitOffset, root.count + c.bitOffset);
}

uint k_true(Column c, uint word) {
  return k_bits(c.values, word * 32u + c.bitOffset, root.count + c.bitOffset);
}

// The bits of rows that there are.
uint k_existing(uint word) {
  uint left = root.count - min(root.count, word * 32u);
  return left < 32u ? (1u << left) - 1u : ~0u;
}

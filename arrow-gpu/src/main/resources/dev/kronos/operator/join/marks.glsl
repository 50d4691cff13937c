// SPDX-License-Identifier: Apache-2.0
//
// Marks of rows, a bit each, and what stands for a build row where there is none.

const uint K_NONE = 0xFFFFFFFFu;
const uint K_FILTERED = 0xFFFFFFFEu;

layout(buffer_reference, std430, buffer_reference_align = 4) coherent buffer K_MarkWord { uint v; };

// Looks first: of a row with many matches all but the first find the mark set.
void k_markRow(uint64_t marks, uint row) {
  uint64_t word = marks + 4ul * uint64_t(row >> 5);
  uint bit = 1u << (row & 31u);
  if ((K_MarkWord(word).v & bit) == 0u) {
    atomicOr(K_MarkWord(word).v, bit);
  }
}

bool k_isMarked(uint64_t marks, uint row) {
  return (BufferU32(marks).v[row >> 5] >> (row & 31u) & 1u) != 0u;
}

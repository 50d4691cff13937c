// SPDX-License-Identifier: Apache-2.0
//
// Says which rows a run of the update kernel takes: all, those of a list, half of a sample, or all but
// the sample. A sample has one piece of each whole stretch of 2^shift rows, at a place that a hash of
// the stretch's number gives; odd stretches are the second half.
//
// The generator defines
//   K_ROW_LIST, K_SAMPLE, K_SECOND, K_REST   flags
//   K_SHIFT                                  bit of the flags from which on the shift lies
//   K_PIECE_SHIFT                            logarithm of the rows of a piece

const uint K_NO_ROW = 0xFFFFFFFFu;

// Returns the number of the piece that is taken of a stretch, of all pieces of the rows.
uint k_sampledPiece(uint stretch) {
  uint bits = (root.flags >> K_SHIFT) - K_PIECE_SHIFT;
  return (stretch << bits) + ((stretch * 0x9E3779B1u) >> (32u - bits));
}

bool k_isSampled(uint row) {
  uint shift = root.flags >> K_SHIFT;
  uint stretch = row >> shift;
  return stretch < ((root.count >> shift) & ~1u) && k_sampledPiece(stretch) == row >> K_PIECE_SHIFT;
}

uint k_rowAt(uint i) {
  if ((root.flags & K_ROW_LIST) != 0u) {
    return BufferU32(k_args.rowList).v[i];
  }
  if ((root.flags & K_SAMPLE) != 0u) {
    uint second = (root.flags & K_SECOND) != 0u ? 1u : 0u;
    uint within = i & ((1u << K_PIECE_SHIFT) - 1u);
    return (k_sampledPiece((i >> K_PIECE_SHIFT) * 2u + second) << K_PIECE_SHIFT) + within;
  }
  return (root.flags & K_REST) != 0u && k_isSampled(i) ? K_NO_ROW : i;
}

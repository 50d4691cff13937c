// SPDX-License-Identifier: Apache-2.0
//
// Evaluates the filters, K_TILES tiles of WORKGROUP_SIZE rows at a time; writes a bit a row and the number of rows a
// tile. k_selected tells whether the row of the last call of k_row passed.

// K_BEGIN and K_SETTLE are statements at the start and after each row; nothing unless they are defined before.
#ifndef K_BEGIN
#define K_BEGIN
#define K_SETTLE
#endif
// K_EACH is put before loops over rows, to write them out where k_row is short; nothing unless it is defined before.
#ifndef K_EACH
#define K_EACH
#endif

const uint K_TILES = 8;
const uint K_TILE_WORDS = WORKGROUP_SIZE / 32;
shared uint k_bits[K_TILES * K_TILE_WORDS];

bool k_passes(uint row) {
  k_selected = false;
  if (row < root.count) {
    k_row(row);
    K_SETTLE
    status_commit(row);
  }
  return k_selected;
}

// Takes a row of each tile from `first` on.
void k_selectTiles(uint first) {
  uint lane = gl_LocalInvocationID.x;
  uint selected = 0u;
  K_EACH for (uint tile = 0u; tile < K_TILES; tile++) {
    selected |= uint(k_passes((first + tile) * WORKGROUP_SIZE + lane)) << tile;
  }
  K_EACH for (uint tile = 0u; tile < K_TILES; tile++) {
    if ((selected >> tile & 1u) != 0u) {
      atomicOr(k_bits[tile * K_TILE_WORDS + (lane >> 5)], 1u << (lane & 31u));
    }
  }
}

// Writes the tiles from `first` on that there are.
void k_writeTiles(uint first, uint tiles) {
  uint lane = gl_LocalInvocationID.x;
  if (lane < k_bits.length() && first + lane / K_TILE_WORDS < tiles) {
    BufferU32(k_args.bits).v[first * K_TILE_WORDS + lane] = k_bits[lane];
  }
  if (lane < K_TILES && first + lane < tiles) {
    uint total = 0u;
    for (uint word = lane * K_TILE_WORDS; word < (lane + 1u) * K_TILE_WORDS; word++) {
      total += uint(bitCount(k_bits[word]));
    }
    BufferU32(k_args.tiles).v[first + lane] = total;
  }
}

void main() {
  K_BEGIN
  uint lane = gl_LocalInvocationID.x;
  uint tiles = (root.count + WORKGROUP_SIZE - 1u) / WORKGROUP_SIZE;
  for (uint first = gl_WorkGroupID.x * K_TILES; first < tiles; first += gl_NumWorkGroups.x * K_TILES) {
    if (lane < k_bits.length()) {
      k_bits[lane] = 0u;
    }
    barrier();
    k_selectTiles(first);
    barrier();
    k_writeTiles(first, tiles);
    barrier();
  }
  k_countRows();
}

// SPDX-License-Identifier: Apache-2.0
//
// Evaluates the filters, K_TILES tiles of WORKGROUP_SIZE rows at a time; writes a bit a row and the number of rows a
// tile. k_selected tells whether the row of the last call of k_row passed.

// K_BEGIN and K_SETTLE are statements at the start and after each row; nothing unless they are defined before.
#ifndef K_BEGIN
#define K_BEGIN
#define K_SETTLE
#endif
// K_SHORT is defined where k_row is short and cannot fail.

const uint K_TILES = 8;
const uint K_TILE_WORDS = WORKGROUP_SIZE / 32;
shared uint k_bits[K_TILES * K_TILE_WORDS];

uint k_passes(uint row) {
  k_selected = false;
  k_row(row);
  K_SETTLE
  status_commit(row);
  return uint(k_selected);
}

// Tests a row of each of K_TILES tiles, from `row` on; returns a bit a tile.
uint k_test(uint row) {
  uint selected = 0u;
#ifdef K_SHORT
  // Without a branch before each row the loads of all are under way at once.
  if (row - gl_LocalInvocationID.x + K_TILES * WORKGROUP_SIZE <= root.count) {
    [[unroll]] for (uint tile = 0u; tile < K_TILES; tile++) {
      selected |= k_passes(row + tile * WORKGROUP_SIZE) << tile;
    }
    return selected;
  }
#endif
  for (uint tile = 0u; tile < K_TILES && row < root.count; tile++) {
    selected |= k_passes(row) << tile;
    row += WORKGROUP_SIZE;
  }
  return selected;
}

// Sets the bits of the rows of K_TILES tiles that pass, from tile `first` on.
void k_selectTiles(uint first) {
  uint lane = gl_LocalInvocationID.x;
  uint selected = k_test(first * WORKGROUP_SIZE + lane);
  [[unroll]] for (uint tile = 0u; tile < K_TILES; tile++) {
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

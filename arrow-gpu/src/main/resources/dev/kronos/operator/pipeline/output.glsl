// SPDX-License-Identifier: Apache-2.0
//
// Writes columns in Arrow's layout, a tile of K_TILE_ROWS rows at a time, K_ROWS_EACH an invocation. Bits
// (validity, booleans) are gathered in shared memory, so that no two workgroups write to one word.
//
// K_BIT_COLUMNS is the number of columns of bits; where there are none, nobody waits for anybody.
// k_position is the row that is written.

const uint K_TILE_ROWS = WORKGROUP_SIZE * K_ROWS_EACH;

#if K_BIT_COLUMNS != 0
const uint K_TILE_WORDS = K_TILE_ROWS / 32u;
shared uint k_bits[K_BIT_COLUMNS * K_TILE_WORDS];

// Before the first tile.
void k_clearBits() {
  for (uint i = gl_LocalInvocationID.x; i < K_BIT_COLUMNS * K_TILE_WORDS; i += WORKGROUP_SIZE) {
    k_bits[i] = 0u;
  }
  barrier();
}

void k_setBit(uint column, bool bit) {
  if (bit) {
    uint at = k_position % K_TILE_ROWS;
    atomicOr(k_bits[column * K_TILE_WORDS + (at >> 5)], 1u << (at & 31u));
  }
}

// Writes the tile's words of one column of bits and clears them for the next tile, between two barriers.
void k_storeBits(uint column, uint64_t target, uint tile) {
  uint lane = gl_LocalInvocationID.x;
  uint word = tile * K_TILE_WORDS + lane;
  if (lane < K_TILE_WORDS && word < (root.count + 31u) / 32u) {
    store_u32(target, word, k_bits[column * K_TILE_WORDS + lane]);
    k_bits[column * K_TILE_WORDS + lane] = 0u;
  }
}
#endif

// Characters of one tile are added up in shared memory; a string so long that the sum could wrap is
// counted by itself.
const uint K_LONG_STRING = (1u << 31) / K_TILE_ROWS;

uint k_countedSize(uint64_t counter, uint size) {
  if (size < K_LONG_STRING) {
    return size;
  }
  atomicAdd(K_WORD(counter), uint64_t(size));
  return 0u;
}

// SPDX-License-Identifier: Apache-2.0
//
// Selects rows by bits of columns, 32 rows an invocation; writes what select.glsl writes. k_word(word) are the bits
// of 32 rows, 0 where there are no rows.

const uint K_TILE_WORDS = WORKGROUP_SIZE / 32;
shared uint k_sums[WORKGROUP_SIZE / K_TILE_WORDS];

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint tiles = (root.count + WORKGROUP_SIZE - 1u) / WORKGROUP_SIZE;
  uint words = tiles * K_TILE_WORDS;
  for (uint first = gl_WorkGroupID.x * WORKGROUP_SIZE; first < words; first += kronos_threads()) {
    uint tile = first / K_TILE_WORDS + lane;
    if (lane < k_sums.length()) {
      k_sums[lane] = 0u;
    }
    barrier();
    if (first + lane < words) {
      uint bits = k_word(first + lane);
      BufferU32(k_args.bits).v[first + lane] = bits;
      atomicAdd(k_sums[lane / K_TILE_WORDS], uint(bitCount(bits)));
    }
    barrier();
    if (lane < k_sums.length() && tile < tiles) {
      BufferU32(k_args.tiles).v[tile] = k_sums[lane];
    }
  }
  k_countRows();
}

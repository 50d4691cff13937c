// SPDX-License-Identifier: Apache-2.0
//
// Moves a tile of rows that cannot fail. Each invocation reads all of its rows before it writes the first, so that their
// loads are under way at once.

void k_moveRows(uint tile) {
  uint first = tile * K_TILE_ROWS;
  uint last = min(root.count - first, K_TILE_ROWS) - 1u;
  K_Row rows[K_ROWS_EACH];
  [[unroll]] for (uint i = 0u; i < K_ROWS_EACH; i++) {
    rows[i] = k_load(k_rowAt(tile, min(i * WORKGROUP_SIZE + gl_LocalInvocationID.x, last)));
  }
  [[unroll]] for (uint i = 0u; i < K_ROWS_EACH; i++) {
    k_position = first + i * WORKGROUP_SIZE + gl_LocalInvocationID.x;
    if (k_position < root.count) {
      k_store(rows[i]);
    }
  }
}

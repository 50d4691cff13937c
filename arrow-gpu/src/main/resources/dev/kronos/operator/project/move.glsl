// SPDX-License-Identifier: Apache-2.0
//
// Adds what moves the values of one column in a tile, which cannot fail. Each invocation reads all of its values before
// it writes the first, so that their loads are under way at once. Macros, for this column alone:
//   K_MOVE    the function's name
//   K_VALUE   a value that may be null, which K_LOAD reads of a row and K_STORE writes at k_position

void K_MOVE(uint tile) {
  uint first = tile * K_TILE_ROWS;
  uint last = min(root.count - first, K_TILE_ROWS) - 1u;
  K_VALUE values[K_ROWS_EACH];
  [[unroll]] for (uint i = 0u; i < K_ROWS_EACH; i++) {
    values[i] = K_LOAD(k_rowAt(tile, min(i * WORKGROUP_SIZE + gl_LocalInvocationID.x, last)));
  }
  [[unroll]] for (uint i = 0u; i < K_ROWS_EACH; i++) {
    k_position = first + i * WORKGROUP_SIZE + gl_LocalInvocationID.x;
    if (k_position < root.count) {
      K_STORE(values[i]);
    }
  }
}

#undef K_MOVE
#undef K_VALUE
#undef K_LOAD
#undef K_STORE

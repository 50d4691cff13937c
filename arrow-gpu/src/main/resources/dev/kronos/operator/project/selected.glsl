// SPDX-License-Identifier: Apache-2.0
//
// Lists the selected rows that a workgroup writes, in its shared memory: the bits that select them take a
// thirty-second of what numbers of rows would in global memory.

shared uint k_rows[K_TILE_ROWS];

// All invocations of the workgroup call it; 32 of them take a tile of selected rows at a time, a row a bit.
void k_findRows(uint tile) {
  const uint words = WORKGROUP_SIZE / 32u;
  uint bit = gl_LocalInvocationID.x & 31u;
  uint end = BufferU32(k_args.starts).v[tile + 1u] + 1u;
  uint source = BufferU32(k_args.starts).v[tile] + gl_LocalInvocationID.x / 32u;
  barrier();
  for (; source < end; source += words) {
    // Rows of the tile before have places that wrap around, above all others.
    uint place = BufferU32(k_args.tiles).v[source] - tile * K_TILE_ROWS;
    [[unroll]] for (uint i = 0u; i < words; i++) {
      uint word = source * words + i;
      uint bits = BufferU32(k_args.bits).v[word];
      uint at = place + uint(bitCount(bits & ((1u << bit) - 1u)));
      if ((bits >> bit & 1u) != 0u && at < K_TILE_ROWS) {
        k_rows[at] = word * 32u + bit;
      }
      place += uint(bitCount(bits));
    }
  }
  barrier();
}

uint k_rowAt(uint tile, uint place) {
  return k_rows[place];
}

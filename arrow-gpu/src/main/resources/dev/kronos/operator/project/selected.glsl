// SPDX-License-Identifier: Apache-2.0
//
// Lists the selected rows that a workgroup writes, in its shared memory: the bits that select them take a
// thirty-second of what numbers of rows would in global memory.

shared uint k_rows[K_TILE_ROWS];

// All invocations of the workgroup call it.
void k_findRows(uint tile) {
  const uint words = WORKGROUP_SIZE / 32u;
  uint first = BufferU32(k_args.starts).v[tile] * words;
  uint end = BufferU32(k_args.starts).v[tile + 1u] * words + words;
  barrier();
  for (uint word = first + gl_LocalInvocationID.x; word < end; word += WORKGROUP_SIZE) {
    uint bits = BufferU32(k_args.bits).v[word];
    // Rows of the tile before have places that wrap around, above all others.
    uint place = BufferU32(k_args.tiles).v[word / words] - tile * K_TILE_ROWS;
    for (uint before = word / words * words; bits != 0u && before < word; before++) {
      place += uint(bitCount(BufferU32(k_args.bits).v[before]));
    }
    for (; bits != 0u; bits &= bits - 1u) {
      if (place < K_TILE_ROWS) {
        k_rows[place] = word * 32u + uint(findLSB(bits));
      }
      place++;
    }
  }
  barrier();
}

uint k_rowAt(uint tile, uint place) {
  return k_rows[place];
}

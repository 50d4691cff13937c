// SPDX-License-Identifier: Apache-2.0
//
// Finds, for each root.flags selected rows, in which tile of WORKGROUP_SIZE rows the first of them is, and behind the
// last the tile of the last row. A tile has at most root.flags rows.

void main() {
  uint tiles = (root.count + WORKGROUP_SIZE - 1u) / WORKGROUP_SIZE;
  for (uint tile = kronos_thread(); tile < tiles; tile += kronos_threads()) {
    uint through = BufferU32(k_args.tiles).v[tile + 1u];
    uint next = (BufferU32(k_args.tiles).v[tile] + root.flags - 1u) / root.flags;
    if (next * root.flags < through) {
      BufferU32(k_args.starts).v[next] = tile;
    }
    if (tile == tiles - 1u) {
      BufferU32(k_args.starts).v[(through + root.flags - 1u) / root.flags] = tile;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
//
// Lists the selected rows in order: a row's place is its tile's offset plus the bits before its own.

void main() {
  const uint words = WORKGROUP_SIZE / 32;
  for (uint row = kronos_thread(); row < root.count; row += kronos_threads()) {
    uint tile = row / WORKGROUP_SIZE;
    uint word = row / 32u;
    uint bits = BufferU32(k_args.bits).v[word];
    if ((bits >> (row & 31u) & 1u) == 0u) {
      continue;
    }
    uint place = BufferU32(k_args.tiles).v[tile] + bitCount(bits & ((1u << (row & 31u)) - 1u));
    for (uint before = tile * words; before < word; before++) {
      place += bitCount(BufferU32(k_args.bits).v[before]);
    }
    BufferU32(k_args.rows).v[place] = row;
  }
}

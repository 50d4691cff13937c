// SPDX-License-Identifier: Apache-2.0
//
// Numbers the candidates of a batch: those of the first probe row, those of the second, and so on.
// offsets[row] is the number of the first candidate of a row, offsets[rows] that of all.

struct K_Pair {
  uint row;
  uint buildRow;
};

// Finds the last of some rows whose candidates start at or before one: the row that has it.
uint k_search(uint64_t candidate, uint low, uint high) {
  while (high - low > 1u) {
    uint middle = low + (high - low) / 2u;
    if (BufferU64(k_args.offsets).v[middle] <= candidate) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

// The first rows of tiles are known: most searches then look at a few neighbours.
uint k_rowOf(uint64_t candidate) {
  uint tile = uint(candidate - k_args.base) / WORKGROUP_SIZE;
  uint low = BufferU32(k_args.tileRows).v[tile];
  return k_search(candidate, low, BufferU32(k_args.tileRows).v[tile + 1u] + 1u);
}

// Returns the rows of a candidate; buildRow is K_NONE for the row of nulls of an outer join.
K_Pair k_pairOf(uint64_t candidate) {
  uint row = k_rowOf(candidate);
  uint first = BufferU32(k_args.firsts).v[row];
  uint64_t begin = BufferU64(k_args.offsets).v[row];
#ifdef K_NULLS_LAST
  // With a condition only trying tells whether there is a match, so every row has a candidate of nulls.
  bool nulls = candidate + 1ul == BufferU64(k_args.offsets).v[row + 1u];
#else
  bool nulls = first == K_NONE;
#endif
  if (nulls) {
    return K_Pair(row, K_NONE);
  }
  return K_Pair(row, K_BUILD_ROW(first + uint(candidate - begin)));
}

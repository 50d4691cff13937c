// SPDX-License-Identifier: Apache-2.0
//
// Notes the row of the first candidate of each tile of a piece, and behind them that of the first one
// after the piece, or of the last one that there is.

void main() {
  uint64_t last = BufferU64(k_args.offsets).v[uint(k_args.probeRows)] - 1ul;
  for (uint tile = kronos_thread(); tile < root.count; tile += kronos_threads()) {
    uint64_t candidate = min(k_args.base + uint64_t(tile) * WORKGROUP_SIZE, last);
    BufferU32(k_args.tileRows).v[tile] = k_search(candidate, 0u, uint(k_args.probeRows));
  }
}

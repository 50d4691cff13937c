// SPDX-License-Identifier: Apache-2.0
//
// Counts the candidates of each probe row, one invocation a row. k_row sets k_first, the place of the
// first one, and k_candidates; rows that a filter rejects keep what stands here.

void main() {
  for (uint row = kronos_thread(); row < root.count; row += kronos_threads()) {
    k_first = K_FILTERED;
    k_candidates = 0ul;
    k_row(row);
    status_commit(row);
    BufferU32(k_args.firsts).v[row] = k_first;
    BufferU64(k_args.offsets).v[row] = k_candidates;
  }
  k_countRows();
}

// SPDX-License-Identifier: Apache-2.0
//
// Copies strings, given by their addresses, to where their offsets say, a piece of K_PIECE bytes of the target an
// invocation: few long strings would keep few invocations busy for long.

void main() {
  uint rows = uint(k_args.rows);
  uint size = BufferU32(k_args.offsets).v[rows];
  for (uint piece = kronos_thread(); piece < root.count; piece += kronos_threads()) {
    uint at = piece * K_PIECE;
    uint end = min(at + K_PIECE, size);
    uint row = 0u;
    for (uint above = rows; above - row > 1u;) {
      uint middle = (row + above) / 2u;
      bool later = BufferU32(k_args.offsets).v[middle] <= at;
      row = later ? middle : row;
      above = later ? above : middle;
    }
    while (at < end) {
      uint begin = BufferU32(k_args.offsets).v[row];
      uint stop = min(end, BufferU32(k_args.offsets).v[row + 1u]);
      uint64_t source = BufferU64(k_args.addresses).v[row];
      for (; at < stop; at++) {
        BufferU8(k_args.characters).v[at] = BufferU8(source).v[at - begin];
      }
      row++;
    }
  }
}

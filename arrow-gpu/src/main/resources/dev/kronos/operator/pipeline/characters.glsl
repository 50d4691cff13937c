// SPDX-License-Identifier: Apache-2.0
//
// Copies strings, given by their addresses, to where their offsets say.

void main() {
  for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
    uint begin = BufferU32(k_args.offsets).v[i];
    uint size = BufferU32(k_args.offsets).v[i + 1u] - begin;
    str_copy(k_args.characters + uint64_t(begin), Str(BufferU64(k_args.addresses).v[i], size));
  }
}

#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Copies selected strings one behind the other, LANES invocations a string (1 for short strings, more for long ones).
// Target offsets come from strings/lengths and scan/*.
//
//   root.count   strings to select; any number of workgroups
//   root.flags   bit 0: validity is one byte a row, 1 = null; else bits, 1 = valid
//   StringArguments, 64 bytes
//     0  Column source             40 bytes
//    40  uint64_t rows             uint[count], rows of source in wanted order; 0 = rows 0..count-1
//    48  uint64_t target_offsets   uint[count], where each string starts
//    56  uint64_t target_chars     written; must not overlap the source
//   Macros: LANES, a power of two up to WORKGROUP_SIZE
#include "abi.glsl"
#include "types.glsl"
#include "string.glsl"
#include "string_selection.glsl"

// Word stores inside, bytes at both ends: neighbours share words, and other invocations write them.
void gather_copy(Str s, uint64_t target, uint lane) {
  uint head = min(uint(-int(uint(target))) & 3u, s.size);
  uint words = (s.size - head) >> 2;
  uint tail = head + words * 4u;
  for (uint i = lane; i < head; i += LANES) {
    BufferU8(target).v[i] = BufferU8(s.address).v[i];
  }
  uint64_t body = target + uint64_t(head);
  Str middle = Str(s.address + uint64_t(head), words * 4u);
  for (uint i = lane * 2u; i < words; i += LANES * 2u) {
    uint64_t word = str_word(middle, i >> 1);
    BufferU32(body).v[i] = uint(word);
    if (i + 1u < words) {
      BufferU32(body).v[i + 1u] = uint(word >> 32);
    }
  }
  for (uint i = tail + lane; i < s.size; i += LANES) {
    BufferU8(target).v[i] = BufferU8(s.address).v[i];
  }
}

void main() {
  StringArguments arguments = StringArguments(root.args);
  uint lane = kronos_thread() % LANES;
  for (uint i = kronos_thread() / LANES; i < root.count; i += kronos_threads() / LANES) {
    uint64_t target = arguments.target_chars + uint64_t(BufferU32(arguments.target_offsets).v[i]);
    gather_copy(string_selected(arguments, i), target, lane);
  }
}

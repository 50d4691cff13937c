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
#include "string_gather.glsl"

void main() {
  StringArguments arguments = StringArguments(root.args);
  uint lane = kronos_thread() % LANES;
  for (uint i = kronos_thread() / LANES; i < root.count; i += kronos_threads() / LANES) {
    uint64_t target = arguments.target_chars + uint64_t(BufferU32(arguments.target_offsets).v[i]);
    gather_copy(string_selected(arguments, i), target, lane);
  }
}

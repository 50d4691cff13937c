#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Writes the byte lengths of selected strings, for scan/* to turn into offsets. A null row has length 0.
//
//   root.count   strings to select; any number of workgroups
//   root.flags   bit 0: validity is one byte a row, 1 = null; else bits, 1 = valid
//   StringArguments, 64 bytes
//     0  Column source             40 bytes
//    40  uint64_t rows             uint[count], rows of source in wanted order; 0 = rows 0..count-1
//    48  uint64_t target_offsets   uint[count], the lengths, written
//    56  uint64_t target_chars     not used here
#include "abi.glsl"
#include "types.glsl"
#include "string_selection.glsl"

void main() {
  StringArguments arguments = StringArguments(root.args);
  for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
    BufferU32(arguments.target_offsets).v[i] = string_selected(arguments, i).size;
  }
}

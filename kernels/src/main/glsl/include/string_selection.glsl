// SPDX-License-Identifier: Apache-2.0
//
// What the kernels of glsl/strings share.
//
//   StringArguments, 64 bytes: Column source, uint64_t rows, target_offsets, target_chars
//   Str string_selected(StringArguments arguments, uint i)    the i-th selected string; empty for a null
#ifndef KRONOS_STRING_SELECTION_GLSL
#define KRONOS_STRING_SELECTION_GLSL

#include "types.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer StringArguments {
  Column source;
  uint64_t rows;
  uint64_t target_offsets;
  uint64_t target_chars;
};

Str string_selected(StringArguments arguments, uint i) {
  uint row = i;
  if (arguments.rows != 0ul) {
    row = BufferU32(arguments.rows).v[i];
  }
  Column source = arguments.source;
  bool valid;
  if ((root.flags & 1u) != 0u) {
    valid = column_valid_bytes(source, row);
  } else {
    valid = column_valid_bits(source, row);
  }
  if (!valid) {
    return Str(source.values, 0u);
  }
  return column_load_utf8(source, row);
}

#endif

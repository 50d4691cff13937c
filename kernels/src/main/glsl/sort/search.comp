#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Narrows, by one word of their keys, which of some sorted bounds each row may be equal to. Words go from the most
// significant one to the least. After the last one, the low end is how many bounds come before the row, and the high end
// how many do not come behind it. sort_key.glsl says which key a value has; bounds come as such keys.
//
//   root.count   rows, 0..2^31; any number of workgroups
//   root.flags   as sort_key.glsl says, and bit 3: the first word; low and high ends are 0 and bound_count
//   SearchArguments, 72 bytes
//     0  Column source             40 bytes
//    40  uint64_t bounds           KEY[bound_count], the word of each bound
//    48  uint64_t lows             uint[count], bounds before the row by the words so far; read without bit 3, written
//    56  uint64_t highs            uint[count], bounds that are not behind it; read without bit 3, written
//    64  uint word                 which 8 bytes of a string
//    68  uint bound_count          0..2^31
//   Macros: those of sort_key.glsl
#include "abi.glsl"
#include "types.glsl"
#include "string.glsl"
#include "sort_key.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer SearchArguments {
  Column source;
  uint64_t bounds;
  uint64_t lows;
  uint64_t highs;
  uint word;
  uint bound_count;
};

layout(buffer_reference, std430, buffer_reference_align = KEY_BYTES) readonly buffer Bounds { KEY v[]; };
layout(buffer_reference, std430, buffer_reference_align = 4) buffer Ends { uint v[]; };

// The first place from low to high whose bound is not below the key or, with equals, is above it.
uint place(Bounds bounds, uint low, uint high, KEY key, bool equals) {
  while (low < high) {
    uint middle = (low + high) >> 1;
    KEY bound = bounds.v[middle];
    if (bound < key || (equals && bound == key)) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low;
}

void main() {
  SearchArguments arguments = SearchArguments(root.args);
  Column column = arguments.source;
  Bounds bounds = Bounds(arguments.bounds);
  bool first = (root.flags & 8u) != 0u;
  for (uint row = kronos_thread(); row < root.count; row += kronos_threads()) {
    uint low = 0u;
    uint high = arguments.bound_count;
    if (!first) {
      low = Ends(arguments.lows).v[row];
      high = Ends(arguments.highs).v[row];
    }
    if (low < high) {
      KEY key = sort_key(column, row, arguments.word);
      low = place(bounds, low, high, key, false);
      high = place(bounds, low, high, key, true);
    }
    Ends(arguments.lows).v[row] = low;
    Ends(arguments.highs).v[row] = high;
  }
}

#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Turns a column into keys whose order as unsigned numbers is the wanted order of its values, and finds the least and the
// greatest of them, which says how many digits they differ in.
//
// sort_key.glsl says which key a value has. A null has the key 0 and does not count for the range.
//
//   root.count   rows, 0..2^31; any number of workgroups
//   root.flags   as sort_key.glsl says
//   KeyArguments, 72 bytes
//     0  Column source             40 bytes
//    40  uint64_t rows             uint[count], rows of source in the order of the keys; 0 = rows 0..count-1
//    48  uint64_t keys             KEY[count], written
//    56  uint64_t range            uint64_t[2], all ones and 0 at first: lowered to the least and raised to the greatest key
//    64  uint word                 which 8 bytes of a string
//    68  uint reserved
//   Macros: those of sort_key.glsl
#include "abi.glsl"
#include "types.glsl"
#include "string.glsl"
#include "sort_key.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer KeyArguments {
  Column source;
  uint64_t rows;
  uint64_t keys;
  uint64_t range;
  uint word;
  uint reserved;
};

layout(buffer_reference, std430, buffer_reference_align = KEY_BYTES) writeonly buffer Keys { KEY v[]; };

shared uint64_t least_of[WORKGROUP_SIZE];
shared uint64_t greatest_of[WORKGROUP_SIZE];

void widen_range(uint64_t range, uint64_t least, uint64_t greatest) {
  uint lane = gl_LocalInvocationID.x;
  least_of[lane] = least;
  greatest_of[lane] = greatest;
  barrier();
  for (uint reach = WORKGROUP_SIZE / 2u; reach > 0u; reach >>= 1) {
    if (lane < reach) {
      least_of[lane] = min(least_of[lane], least_of[lane + reach]);
      greatest_of[lane] = max(greatest_of[lane], greatest_of[lane + reach]);
    }
    barrier();
  }
  if (lane == 0u && least_of[0] <= greatest_of[0]) {
    atomicMin(BufferU64(range).v[0], least_of[0]);
    atomicMax(BufferU64(range).v[1], greatest_of[0]);
  }
}

void main() {
  KeyArguments arguments = KeyArguments(root.args);
  Column column = arguments.source;
  uint64_t least = ~0ul;
  uint64_t greatest = 0ul;
  for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
    uint row = i;
    if (arguments.rows != 0ul) {
      row = BufferU32(arguments.rows).v[i];
    }
    KEY key = sort_key(column, row, arguments.word);
    if (sort_key_counts(column, row)) {
      least = min(least, uint64_t(key));
      greatest = max(greatest, uint64_t(key));
    }
    Keys(arguments.keys).v[i] = key;
  }
  widen_range(arguments.range, least, greatest);
}
